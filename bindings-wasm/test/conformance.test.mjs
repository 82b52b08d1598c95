// Every vector through this surface in Node, one test per case: through the full bundle, and through the bundle for a form
// as far as that has the operation.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as form from 'bansos-wasm';
import * as full from 'bansos-wasm/full';
import { OPERATIONS } from '../surface.js';
import { camel, run } from '../../conformance/js/agree.mjs';
import { cases, tell, xfails } from '../../conformance/js/vectors.mjs';

const known = new Set(form.version().operations);
const expected = xfails('wasm');
const bundles = { full, form };

const counts = { full: { passed: 0, failed: 0 }, form: { passed: 0, failed: 0 } };
for (const [bundle, bansos] of Object.entries(bundles)) {
  const surface = { ...bansos, OPERATIONS };
  const mine = cases().filter((c) => bundle === 'full' || (known.has(c.operation) && !expected.has(c.id)));
  for (const c of mine) {
    test(`${bundle} ${c.id}: ${c.title}`, () => {
      const found = run(surface, c);
      counts[bundle][found === null ? 'passed' : 'failed']++;
      assert.equal(found, null);
    });
  }
}
after(() => {
  tell('wasm-node', counts.full);
  tell('wasm-node-form', { ...counts.form, xfail: expected.size });
});

test('what the bundle for a form cannot say is named with its reason', () => {
  const surface = { ...form, OPERATIONS };
  for (const c of cases().filter((c) => expected.has(c.id))) {
    assert.notEqual(run(surface, c), null, `${c.id} passes, though listed: ${expected.get(c.id)}`);
  }
});

test('every operation is on the surface, in all entries', async () => {
  assert.deepEqual(full.version().operations, OPERATIONS.map(([name]) => name));
  for (const [bundle, bansos] of Object.entries(bundles)) {
    const web = await readFile(new URL(bundle === 'form' ? '../web.js' : '../full/web.js', import.meta.url), 'utf8');
    for (const name of bansos.version().operations) {
      const [area, what] = name.includes('.') ? name.split('.') : [null, name];
      const home = area ? bansos[camel(area)] : bansos;
      assert.equal(typeof home?.[camel(what)], 'function', name);
      assert.match(web, new RegExp(`\\b${camel(area ?? what)}\\b.* = surface`), `${bundle}/web.js exports ${area ?? what}`);
    }
  }
});
