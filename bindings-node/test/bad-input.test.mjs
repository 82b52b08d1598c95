// What a host can get wrong: always a BansosError with a code, never a crash.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as arrow from 'apache-arrow';
import bansos, { BansosError, batch, call, columns, nik } from 'bansos';

const code = (request, operation = 'nik.parse') => {
  try {
    call(operation, request);
  } catch (e) {
    assert.ok(e instanceof BansosError && e instanceof Error, String(e));
    return e.code;
  }
  return 'no error';
};

test('numbers where identifiers belong', () => {
  assert.equal(code({ nik: 3508126801019001 }), 'input.identifier_number');
  assert.equal(code({ nik: 3508126801019001n }), 'input.identifier_number');
  assert.throws(() => nik.parse(3508126801019001), /2\^53/);
  assert.equal(code({ nik: NaN }), 'input.not_finite');
  assert.equal(code({ nik: -Infinity }), 'input.not_finite');
});

test('wrong types', () => {
  assert.equal(code({ nik: null }), 'input.type');
  assert.equal(code({ nik: undefined }), 'input.missing');
  assert.equal(code({}), 'input.missing');
  assert.equal(code(null), 'input.type');
  assert.equal(code(undefined), 'input.type');
  assert.equal(code('nik'), 'input.type');
  assert.equal(code(['3508126801019001']), 'input.type');
  assert.equal(code([]), 'input.missing');
  assert.equal(code({ nik: true }), 'input.type');
  assert.equal(code({ nik: {} }), 'input.type');
  assert.equal(code({ nik: () => 1 }), 'input.host');
  assert.equal(code({ nik: Symbol('x') }), 'input.host');
  assert.equal(code({ nik: new Map() }), 'input.host');
  assert.equal(code({ nik: new Uint8Array(4) }), 'input.host');
  assert.equal(code({ nik: Buffer.from('x') }), 'input.type');
  assert.equal(code({ nik: '3508126801809001', asOf: new Date(NaN) }, 'nik.decode'), 'input.type');
  assert.equal(code({ nik: '3508126801809001', asOf: new Date(0) }, 'nik.decode'), 'input.date');
  assert.equal(code({}, 'nik.guess'), 'input.operation');
  assert.equal(code({}, undefined), 'input.missing');
  assert.throws(() => nik.parse(), { code: 'input.missing' });
});

test('text that is no text, huge text, hostile keys', () => {
  assert.equal(code({ nik: '\ud800' }), 'input.unicode');
  assert.equal(code({ nik: 'x\udc00y' }), 'input.unicode');
  assert.equal(code({ nik: '9'.repeat(50_000_000) }), 'nik.length');
  assert.equal(code({ nik: '350812\u000068010190' }), 'nik.charset');
  assert.equal(code(JSON.parse('{"nik":"1","__proto__":{"nik":"2"}}')), 'input.field_unknown');
});

test('depth and circles', () => {
  const circle = [];
  circle.push(circle);
  assert.equal(code({ nik: circle }), 'input.depth');
  let deep = 'x';
  for (let i = 0; i < 5000; i++) deep = { nik: deep };
  assert.equal(code(deep), 'input.depth');
  assert.throws(() => call('nik.parse', { nik: { toJSON() { throw new RangeError('mine'); } } }), /mine/);
  // what toJSON gives is not looked at beforehand: the parser stops it
  let hidden = 'x';
  for (let i = 0; i < 300; i++) hidden = [hidden];
  assert.equal(code({ nik: { toJSON: () => hidden } }), 'input.depth');
});

test('the value is never in the error', () => {
  assert.throws(() => nik.parse('35081268010190011'), (e) => !`${e.stack}`.includes('3508126801'));
});

test('batches run off the main thread, in order, with errors in their places', async () => {
  const requests = Array.from({ length: 50_000 }, (_, i) => ({ nik: i % 10 === 9 ? 'x' : '3508126801809001', asOf: '2026-11-21' }));
  const seen = [];
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const answers = await batch('nik.examine', requests, { onProgress: (done, total) => seen.push([done, total]) });
  clearInterval(timer);
  assert.equal(answers.length, requests.length);
  assert.ok(answers[0].valid && answers[9] instanceof BansosError && answers[9].code === 'nik.charset');
  assert.deepEqual(seen.at(-1), [50_000, 50_000]);
  assert.ok(ticks > 3, `the event loop went on (${ticks})`);
});

test('a batch can be aborted, before and while it runs', async () => {
  const requests = Array.from({ length: 100_000 }, () => ({ nik: '3508126801809001', asOf: '2026-11-21' }));
  await assert.rejects(batch('nik.examine', requests, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  const controller = new AbortController();
  const running = batch('nik.examine', requests, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await assert.rejects(running, { name: 'AbortError' });
  await assert.rejects(batch('nik.examine', 'no list'), { code: 'input.host' });
  await assert.rejects(batch('nik.examine', [1, NaN]), { code: 'input.not_finite', path: '/1' });
});

test('many batches at once', async () => {
  const all = await Promise.all(
    Array.from({ length: 16 }, (_, i) => batch('nik.parse', Array.from({ length: 500 }, () => ({ nik: `35081268018090${10 + i}`.replace(/..$/, '01') })))),
  );
  assert.ok(all.every((answers) => answers.length === 500));
  assert.equal(typeof bansos.nik.parse, 'function');
});

test('a stream with a wrong byte anywhere is refused or read, and the process lives', async () => {
  const table = arrow.tableFromArrays({ nik: Array(40).fill('3508126801809001') });
  const good = new Uint8Array(arrow.tableToIPC(table, 'stream'));
  let refused = 0;
  for (let at = 0; at < good.length; at++) {
    for (const wrong of [0x00, 0xff, good[at] ^ 0x80, good[at] ^ 1]) {
      const bytes = good.slice();
      bytes[at] = wrong;
      try {
        await columns.nik(bytes, { asOf: '2026-11-22' });
      } catch (e) {
        assert.ok(e instanceof BansosError, String(e));
        refused++;
      }
    }
  }
  assert.ok(refused > 100, `${refused} refused`);
});
