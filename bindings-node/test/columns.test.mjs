// Columns as plain lists and as Arrow IPC; row and column agree.
import test from 'node:test';
import assert from 'node:assert/strict';
import * as arrow from 'apache-arrow';
import bansos, { BansosError, columns } from 'bansos';

const asOf = '2026-11-21';
const cells = ['3508126801809001', '9109016801809001', '350812680180900', '35O8126801809001', null, '3508123201809001', '3508121501209003'];
const row = (cell) => {
  try {
    return bansos.nik.examine(cell ?? '', { asOf }).class;
  } catch (e) {
    return cell ? e.code.split('.')[1] : 'empty';
  }
};
const expected = cells.map(row);

test('a plain list', async () => {
  const found = await columns.nik(cells, { asOf, columns: ['class', 'region', 'birthDate', 'sex', 'flags'] });
  assert.deepEqual(found.class, expected);
  assert.deepEqual([found.region[0], found.birthDate[0], found.sex[0], found.flags[0]], [350812, '1980-01-28', 'female', 0]);
  assert.deepEqual([found.region[4], found.birthDate[4], found.sex[4]], [null, null, null]);
  assert.deepEqual(await columns.nik([], { asOf }), { class: [] });
});

test('Arrow IPC, as texts and as the dictionaries that JavaScript makes', async () => {
  for (const vector of [arrow.vectorFromArray(cells, new arrow.Utf8()), arrow.vectorFromArray(cells)]) {
    const bytes = arrow.tableToIPC(new arrow.Table({ nik: vector }), 'stream');
    const table = arrow.tableFromIPC(await columns.nik(bytes, { asOf }));
    assert.deepEqual([...table.getChild('class')], expected);
  }
});

test('what is no column', async () => {
  await assert.rejects(columns.nik([3508126801809001], { asOf }), { code: 'input.identifier_number', path: '/0' });
  await assert.rejects(columns.nik(['1', {}], { asOf }), { code: 'input.host', path: '/1' });
  await assert.rejects(columns.nik('3508', { asOf }), { code: 'input.host' });
  await assert.rejects(columns.nik(null, { asOf }), BansosError);
  await assert.rejects(columns.nik(new Uint8Array(7), { asOf }), { code: 'input.ipc' });
  await assert.rejects(columns.nik(cells, {}), { code: 'input.date', path: '/asOf' });
  await assert.rejects(columns.nik(cells, { asOf, columns: ['klass'] }), RangeError);
  const numbers = arrow.tableToIPC(new arrow.Table({ nik: arrow.vectorFromArray([1, 2]) }), 'stream');
  await assert.rejects(columns.nik(numbers, { asOf }), { code: 'nik.column_type' });
});

test('a buffer detached while it is read or before', async () => {
  const bytes = arrow.tableToIPC(new arrow.Table({ nik: arrow.vectorFromArray(cells, new arrow.Utf8()) }), 'stream').slice();
  structuredClone(bytes, { transfer: [bytes.buffer] });
  await assert.rejects(columns.nik(bytes, { asOf }), { code: 'input.ipc' });
});

test('many columns at once, off the main thread', async () => {
  const many = Array.from({ length: 200_000 }, (_, i) => cells[i % 4]);
  const all = await Promise.all([1, 2, 3, 4].map(() => columns.nik(many, { asOf })));
  assert.ok(all.every((found) => found.class.length === many.length && found.class[0] === 'valid'));
});
