import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { portal } from './server.js';

let app, url;
before(async () => {
  app = portal({ today: () => '2026-01-15' });
  url = await app.listen({ port: 0, host: '127.0.0.1' });
});
after(() => app.close());

const post = async (path, body) => {
  const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return [response.status, await response.json()];
};

test('a NIK is checked against what is declared', async () => {
  const [status, seen] = await post('/periksa', { nik: '3508126801809001', sex: 'male' });
  assert.equal(status, 200);
  assert.equal(seen.valid, true);
  assert.deepEqual(seen.findings.map((f) => f.code), ['nik.sex_differs']);
});

test('a wrong question gets its code and no value back', async () => {
  const [status, error] = await post('/periksa', { nik: 3508126801809001 });
  assert.equal(status, 422);
  assert.equal(error.code, 'input.identifier_number');
  assert.ok(!JSON.stringify(error).includes('3508'));
  assert.equal((await post('/kelayakan/tidak-ada', {}))[1].code, 'input.word');
});

test('a family is decided with reasons', async () => {
  const child = { age: 9, relation: 'child', attendance: 'attending', schoolLevel: 'sd' };
  const [status, answer] = await post('/kelayakan/pkh', { decile: 1, registered: true, members: [child] });
  assert.equal(status, 200);
  assert.equal(answer.outcome, 'eligible');
  assert.ok(answer.amounts.year > 0 && answer.reasons.length > 0);
});

test('a batch while others are served', async () => {
  const niks = Array.from({ length: 20_000 }, (_, i) => (i % 2 ? '3508126801809001' : '3508'));
  const batch = post('/malam/nik', niks);
  const response = await fetch(`${url}/version`);
  assert.equal((await response.json()).library, '0.1.0');
  const [, answers] = await batch;
  assert.deepEqual(answers.slice(0, 2), [{ code: 'nik.length' }, { class: 'valid' }]);
});
