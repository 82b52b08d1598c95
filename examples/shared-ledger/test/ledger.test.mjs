// Real processes over one file, and a real PostgreSQL.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import bansos from 'bansos';
import Database from 'libsql';
import { serverLedger, sqliteLedger } from '../ledger.mjs';

const EACH = 100;
const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
test.after(() => rmSync(folder, { recursive: true }));

const here = (file) => join(import.meta.dirname, '..', file);
const node = (...given) => ['node', [here('visits.mjs'), ...given]];
const php = (...given) => ['php', ['-d', `extension=${process.env.BANSOS_EXTENSION ?? 'bansos'}`, here('visits.php'), ...given]];

/** Lets processes begin together: each tells that it is ready, and the last one opens for all. */
const gate = (count) => {
  const waiting = [];
  return (child) => waiting.push(child) === count && waiting.forEach((each) => each.stdin.end('\n'));
};

/** What a process acknowledged, when it has ended or been killed after some lines. */
const acknowledged = ([command, given], { killAfter = Infinity, opens } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, given.map(String));
    let [out, err] = ['', ''];
    child.stdout.on('data', (text) => {
      out += text;
      if (opens && out.startsWith('ready\n')) {
        out = out.slice('ready\n'.length);
        opens(child);
        opens = undefined;
      }
      if (out.split('\n').length > killAfter) child.kill('SIGKILL');
    });
    child.stderr.on('data', (text) => (err += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') return reject(new Error(`${command}: ${err || out}`));
      resolve(out.split('\n').slice(0, -1));
    });
  });

/** Every acknowledged event is there, once, and the chain is whole up to its mark. */
function assertWhole(ledger, hashes) {
  const events = ledger.events();
  const there = new Set(events.map((e) => e.hash));
  assert.equal(there.size, events.length);
  assert.deepEqual(hashes.filter((hash) => !there.has(hash)), []);
  const checked = bansos.verivali.verify(events, { marks: ledger.marks() });
  assert.deepEqual([checked.whole, checked.faults], [true, []]);
  assert.deepEqual(checked.marks.map((m) => m.number), [events.length]);
  return events;
}

test('two Node processes and a PHP process append to one chain at once', async () => {
  const file = join(folder, 'desa.db');
  const each = (officer) => [file, 'desa', officer, EACH, 'wait'];
  const writers = [node(...each('N1')), node(...each('N2')), php(...each('P1'))];
  // whoever starts faster would else be done before the others begin
  const opens = gate(writers.length);
  const hashes = (await Promise.all(writers.map((w) => acknowledged(w, { opens })))).flat();
  assert.equal(hashes.length, 3 * EACH);
  const events = assertWhole(sqliteLedger(new Database(file), 'desa'), hashes);
  assert.equal(events.length, 3 * EACH);
  // they did write in turns, not one after the other
  const turns = events.filter((e, i) => i > 0 && e.actor !== events[i - 1].actor).length;
  assert.ok(turns > 2, `${turns} turns`);
});

test('one of them killed in the middle loses nothing that was acknowledged', async () => {
  const file = join(folder, 'killed.db');
  const writers = [
    acknowledged(node(file, 'desa', 'N1', 10_000), { killAfter: 30 }),
    acknowledged(php(file, 'desa', 'P1', 10_000), { killAfter: 30 }),
    acknowledged(node(file, 'desa', 'N2', EACH)),
  ];
  const all = await Promise.all(writers);
  assert.ok(all.every((hashes) => hashes.length >= 30), 'each had written');
  assertWhole(sqliteLedger(new Database(file), 'desa'), all.flat());
});

test('what is refused leaves no row', () => {
  const ledger = sqliteLedger(new Database(join(folder, 'refused.db')), 'desa');
  const { event, told } = ledger.append({
    subject: { kind: 'household', id: 'R1' }, on: '2022-08-01', role: 'desa', actor: 'K-01', workflow: 'kukar-2022', stage: 'daftar-awal', act: 'listed',
  });
  assert.equal(event, null);
  assert.ok(told.some((t) => t.code === 'workflow.wrong_role'), JSON.stringify(told));
  assert.deepEqual([ledger.events(), ledger.marks()], [[], []]);
});

test('PostgreSQL holds the same rows', async () => {
  const database = await PGlite.create();
  const connect = async () => ({ query: async (sql, parameters) => (await database.query(sql, parameters)).rows, release: () => {} });
  const ledger = serverLedger('postgres', connect, 'desa');
  await ledger.create();
  const entry = { on: '2022-08-01', role: 'dinsos', actor: 'K-01', workflow: 'kukar-2022', stage: 'daftar-awal', act: 'listed' };
  for (const id of ['R1', 'R2', 'R3']) {
    const { event } = await ledger.append({ ...entry, subject: { kind: 'household', id } });
    assert.ok(event);
  }
  const again = await ledger.append({ ...entry, subject: { kind: 'household', id: 'R1' }, act: 'guessed' }).catch((e) => e.code);
  assert.equal(again, 'verivali.bad_field');
  const [events, marks] = [await ledger.events(), await ledger.marks()];
  assert.deepEqual(bansos.verivali.verify(events, { marks }).whole, true);
  assert.deepEqual([events.length, marks[0].number], [3, 3]);
});
