// One writer of many: node visits.mjs FILE ORIGIN OFFICER COUNT [wait]
// With `wait` it says that it is ready and begins when a line comes in.
import { readSync } from 'node:fs';
import Database from 'libsql';
import { sqliteLedger } from './ledger.mjs';

const [file, origin, officer, count, wait] = process.argv.slice(2);
const ledger = sqliteLedger(new Database(file), origin);
if (wait) {
  console.log('ready');
  readSync(0, Buffer.alloc(1));
}
for (let i = 1; i <= Number(count); i++) {
  const { event, told } = ledger.append({
    subject: { kind: 'household', id: `${officer}-${i}` },
    place: { scheme: 'kemendagri', code: '6402012001' },
    on: '2022-08-01',
    role: 'dinsos',
    actor: officer,
    workflow: 'kukar-2022',
    stage: 'daftar-awal',
    act: 'listed',
  });
  if (!event) throw new Error(told.map((t) => t.message.id).join('; '));
  console.log(event.hash); // acknowledged: it is on the disk
  // whoever has just written would else be the first again
  if (i % 10 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
