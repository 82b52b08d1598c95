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

test('a buffer given away is not copied, and gone for the caller', async () => {
  const bytes = arrow.tableToIPC(new arrow.Table({ nik: arrow.vectorFromArray(cells, new arrow.Utf8()) }), 'stream').slice();
  const table = arrow.tableFromIPC(await columns.nik(bytes, { asOf, transfer: true }));
  assert.deepEqual([...table.getChild('class')], expected);
  assert.equal(bytes.length, 0);
  // memory of Node's pool belongs to others too: it is copied and stays
  const pooled = Buffer.from(arrow.tableToIPC(new arrow.Table({ nik: arrow.vectorFromArray(['1'], new arrow.Utf8()) }), 'stream'));
  const found = arrow.tableFromIPC(await columns.nik(pooled, { asOf, transfer: true }));
  assert.deepEqual([...found.getChild('class')], ['length']);
  assert.ok(pooled.length > 0);
});

// scores with ties, a missing one, and groups of different sizes
const families = Array.from({ length: 97 }, (_, i) => ({
  key: `F${String(i).padStart(3, '0')}`, score: i % 13 ? (i * 37) % 41 : null, size: 1 + (i % 6), group: i % 3 ? '35.08' : '64.02',
}));
const list = (name) => families.map((f) => f[name]);
const table = { spending: list('score'), family: list('key'), members: list('size'), kabupaten: list('group') };
const asked = { score: 'spending', key: 'family', size: 'members', group: ['kabupaten'] };
const places = (rows, options) => bansos.ranking.deciles(rows, options).places.map((p) => p.decile);

for (const by of ['families', 'persons']) {
  test(`deciles by ${by}: lists, Arrow and rows agree`, async () => {
    const { columns: found, reports } = await columns.deciles(table, { ...asked, by });
    const together = places(families.map(({ group, ...f }) => f), { by });
    const within = places(families, { by });
    assert.deepEqual(found, { decile: together, decile_kabupaten: within });
    assert.deepEqual(reports.decile_kabupaten.groups.sort(), ['35.08', '64.02']);
    assert.equal(reports.decile.report.total.unranked.missing, list('score').filter((s) => s === null).length);

    const vectors = {
      spending: arrow.vectorFromArray(table.spending, new arrow.Float64()),
      family: arrow.vectorFromArray(table.family, new arrow.Utf8()),
      members: arrow.vectorFromArray(table.members, new arrow.Int32()),
      kabupaten: arrow.vectorFromArray(table.kabupaten),
    };
    const bytes = arrow.tableToIPC(new arrow.Table(vectors), 'stream').slice();
    const made = await columns.deciles(bytes, { ...asked, by, transfer: true });
    const back = arrow.tableFromIPC(made.data);
    assert.deepEqual([[...back.getChild('decile')], [...back.getChild('decile_kabupaten')]], [together, within]);
    assert.deepEqual(made.reports, reports);
    assert.equal(bytes.length, 0);
  });
}

test('what cannot be ranked', async () => {
  await assert.rejects(columns.deciles(table, { ...asked }), { code: 'input.missing', path: '/by' });
  await assert.rejects(columns.deciles(table, { ...asked, by: 'houses' }), { code: 'input.word', path: '/by' });
  await assert.rejects(columns.deciles(table, { ...asked, by: 'families', score: 'income' }), { code: 'input.host', path: '/income' });
  await assert.rejects(columns.deciles({ ...table, family: [3508126801809001] }, { ...asked, by: 'families' }), { code: 'input.identifier_number', path: '/family/0' });
  await assert.rejects(columns.deciles({ ...table, spending: ['a'] }, { ...asked, by: 'families' }), { code: 'input.host', path: '/spending/0' });
  await assert.rejects(columns.deciles(table, { score: 'spending', by: 'persons' }), (e) => e.code.startsWith('ranking.'));
  await assert.rejects(columns.deciles(new Uint8Array(9), { ...asked, by: 'families' }), { code: 'input.ipc' });
  await assert.rejects(columns.deciles(table, { ...asked, by: 'families', bye: 1 }), RangeError);
  const short = { ...table, family: ['F'] };
  await assert.rejects(columns.deciles(short, { ...asked, by: 'families' }), BansosError);
});
