// What a host can get wrong: always a BansosError with a code, never a trap of the module.
import test from 'node:test';
import assert from 'node:assert/strict';
import { BansosError, call, nik } from 'bansos-wasm';

const code = (request, operation = 'nik.parse') => {
  try {
    call(operation, request);
  } catch (e) {
    assert.ok(e instanceof BansosError, String(e));
    return e.code;
  }
  return 'no error';
};

test('numbers, wrong types, text that is no text', () => {
  assert.equal(code({ nik: 3508126801019001 }), 'input.identifier_number');
  assert.equal(code({ nik: 1n }), 'input.identifier_number');
  assert.equal(code({ nik: NaN }), 'input.not_finite');
  assert.equal(code({ nik: null }), 'input.type');
  assert.equal(code({ nik: undefined }), 'input.missing');
  assert.equal(code(null), 'input.type');
  assert.equal(code({ nik: new Date() }), 'nik.charset');
  assert.equal(code({ nik: () => 1 }), 'input.host');
  assert.equal(code({ nik: new Map() }), 'input.host');
  assert.equal(code({ nik: '\ud800' }), 'input.unicode');
  assert.equal(code({}, 'nik.guess'), 'input.operation');
  assert.equal(code({ nik: '9'.repeat(20_000_000) }), 'nik.length');
  const circle = [];
  circle.push(circle);
  assert.equal(code({ nik: circle }), 'input.depth');
});

test('the module goes on after errors, and its memory does not grow', () => {
  const work = (n) => {
    for (let i = 0; i < n; i++) {
      assert.throws(() => nik.parse(String(i)), BansosError);
      nik.examine('3508126801809001', { asOf: '2026-11-21' });
    }
  };
  work(2000);
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  work(20_000);
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
  assert.ok(after - before < 4_000_000, `${after - before} bytes more`);
});
