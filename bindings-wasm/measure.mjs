// What a form feels in Chromium: the bundle's weight, the time to ready, the time of one check.
//     CHROMIUM=/usr/bin/chromium node measure.mjs
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { FLAGS, serve } from './test/serve.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const kB = (n) => (n / 1000).toFixed(1);
const shared = ['surface.js', 'entry.js'];
console.log('| bundle | module, kB | with its JavaScript, kB | brotli, kB |\n|---|---:|---:|---:|');
for (const [name, entry] of [['form', 'web.js'], ['full', 'full/web.js']]) {
  const files = [`dist/${name}/web/bansos_bg.wasm`, `dist/${name}/web/bansos.js`, ...shared, entry].map((f) => readFileSync(`${root}bindings-wasm/${f}`));
  const total = files.reduce((n, f) => n + f.length, 0);
  const brotli = files.reduce((n, f) => n + brotliCompressSync(f).length, 0);
  console.log(`| ${name} | ${kB(files[0].length)} | ${kB(total)} | ${kB(brotli)} |`);
}

const server = await serve(root);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
const ready = [];
const check = [];
let version = '';
for (let i = 0; i < 11; i++) {
  const page = await browser.newPage();
  await page.goto(`${server.url}/bindings-wasm/test/page.html`);
  await page.waitForFunction(() => document.title === 'siap', null, { timeout: 60_000 });
  const figures = await page.evaluate(() => window.figures());
  ready.push(figures.ready);
  check.push(figures.check);
  await page.close();
}
version = browser.version();
await browser.close();
server.close();
const sorted = (list) => list.sort((a, b) => a - b);
const shown = (list, scale, unit) => `median ${(sorted(list)[5] * scale).toFixed(1)} ${unit} (${(list[0] * scale).toFixed(1)} to ${(list[10] * scale).toFixed(1)})`;
console.log(`\nChromium ${version}, eleven fresh pages, bundle for a form: ready (fetched over HTTP, compiled, started) ${shown(ready, 1, 'ms')}; one \`nik.examine\` with three declared facts ${shown(check, 1000, 'µs')}.`);
