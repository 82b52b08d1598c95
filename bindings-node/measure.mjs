// What the crossing costs: a column of NIKs as Arrow IPC over the kernel in the same run, a plain list, and one call.
//     node --expose-gc measure.mjs [millions of rows]
import * as arrow from 'apache-arrow';
import bansos from 'bansos';

const MILLIONS = Number(process.argv[2] ?? 10);
const rows = MILLIONS * 1e6;
const asOf = '2026-11-21';
const two = (n) => String(n).padStart(2, '0');
const cell = (i) => `350812${two((i % 28) + 1)}${two((i % 12) + 1)}${two((i % 50) + 50)}${9000 + (i % 1000)}`;

/** The column without building ten million JavaScript strings. */
function ipc() {
  const sample = Buffer.from(Array.from({ length: 100_000 }, (_, i) => cell(i)).join(''), 'latin1');
  const data = new Uint8Array(rows * 16);
  for (let at = 0; at < data.length; at += sample.length) data.set(sample.subarray(0, data.length - at), at);
  const valueOffsets = Int32Array.from({ length: rows + 1 }, (_, i) => i * 16);
  const column = arrow.makeData({ type: new arrow.Utf8(), length: rows, nullCount: 0, valueOffsets, data });
  return arrow.tableToIPC(new arrow.Table({ nik: arrow.makeVector(column) }), 'stream');
}

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const ms = (n) => n.toFixed(1);

const bytes = ipc();
console.log(`${MILLIONS} m NIKs, median of 7.\n\n| column | kernel, ms | whole call, ms | over the kernel |\n|---|---:|---:|---:|`);
const CLASS = ['class'];
for (const [name, columns, transfer] of [
  ['Arrow IPC, class', CLASS, false],
  ['Arrow IPC given away, class', CLASS, true],
  ['Arrow IPC given away, all five columns', ['class', 'region', 'birthDate', 'sex', 'flags'], true],
]) {
  const [kernels, wholes, overs] = [[], [], []];
  for (let i = 0; i < 7; i++) {
    const given = transfer ? bytes.slice() : bytes;
    globalThis.gc?.();
    const start = performance.now();
    const made = await bansos.columns.nik(given, { asOf, columns, transfer });
    const whole = performance.now() - start;
    const reader = arrow.RecordBatchReader.from(made).open();
    const kernel = Number(reader.schema.metadata.get('bansos.kernel_seconds')) * 1e3;
    kernels.push(kernel);
    wholes.push(whole);
    overs.push(whole - kernel);
  }
  const [kernel, whole, over] = [median(kernels), median(wholes), median(overs)];
  console.log(`| ${name} | ${ms(kernel)} | ${ms(whole)} | +${ms(over)} ms |`);
}
const list = Array.from({ length: 1e6 }, (_, i) => cell(i));
const start = performance.now();
await bansos.columns.nik(list, { asOf });
console.log(`| a list of 1 m strings, class | | ${ms(performance.now() - start)} | |`);

const each = (n, work) => {
  for (let i = 0; i < n / 10; i++) work();
  const from = performance.now();
  for (let i = 0; i < n; i++) work();
  return (((performance.now() - from) / n) * 1e3).toFixed(1);
};
const nik = cell(0);
console.log(`\nOne call: \`nik.parse\` ${each(20_000, () => bansos.nik.parse(nik))} µs, \`nik.examine\` ${each(20_000, () => bansos.nik.examine(nik, { asOf }))} µs.`);
console.log(`
A column is copied, so that the caller may go on using it while a worker reads, unless it is given away (\`transfer: true\`). What is left over the
kernel then is Arrow's check of the bytes and the stream of the answer.`);
