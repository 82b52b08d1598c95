// Every vector through this surface, one test per case.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as bansos from 'bansos';
import { run } from '../../conformance/js/agree.mjs';
import { cases, tell, xfails } from '../../conformance/js/vectors.mjs';

const require = createRequire(import.meta.url);
const { OPERATIONS } = require('../surface.js');
const surface = { ...bansos, OPERATIONS };
const expected = xfails('node');

const counts = { passed: 0, failed: 0, xfail: expected.size };
after(() => tell('node', counts));

for (const c of cases()) {
  test(`${c.id}: ${c.title}`, () => {
    const found = run(surface, c);
    if (!expected.has(c.id)) counts[found === null ? 'passed' : 'failed']++;
    if (expected.has(c.id)) assert.notEqual(found, null, `passes, though listed as failing: ${expected.get(c.id)}`);
    else assert.equal(found, null);
  });
}

test('every operation is on the surface, from both entries', () => {
  const common = require('bansos');
  for (const [name] of OPERATIONS) {
    const [area, what] = name.includes('.') ? name.split('.') : [null, name];
    const camel = (s) => s.replace(/_([a-z])/g, (_, l) => l.toUpperCase());
    for (const entry of [bansos, common]) {
      const home = area ? entry[camel(area)] : entry;
      assert.equal(typeof home?.[camel(what)], 'function', name);
    }
  }
  assert.deepEqual(bansos.version().operations, OPERATIONS.map(([name]) => name));
});
