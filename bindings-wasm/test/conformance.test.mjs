// Every vector through this surface in Node, one test per case.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as bansos from 'bansos-wasm';
import { OPERATIONS } from '../surface.js';
import { camel, run } from '../../conformance/js/agree.mjs';
import { cases, xfails } from '../../conformance/js/vectors.mjs';

const surface = { ...bansos, OPERATIONS };
const expected = xfails('wasm');

for (const c of cases()) {
  test(`${c.id}: ${c.title}`, () => {
    const found = run(surface, c);
    if (expected.has(c.id)) assert.notEqual(found, null, `passes, though listed as failing: ${expected.get(c.id)}`);
    else assert.equal(found, null);
  });
}

test('every operation is on the surface, in both entries', async () => {
  const { readFile } = await import('node:fs/promises');
  const web = await readFile(new URL('../web.js', import.meta.url), 'utf8');
  for (const [name] of OPERATIONS) {
    const [area, what] = name.includes('.') ? name.split('.') : [null, name];
    const home = area ? bansos[camel(area)] : bansos;
    assert.equal(typeof home?.[camel(what)], 'function', name);
    assert.match(web, new RegExp(`\\b${camel(area ?? what)}\\b.* = surface`), `web.js exports ${area ?? what}`);
  }
  assert.deepEqual(bansos.version().operations, OPERATIONS.map(([name]) => name));
});
