// After wasm-bindgen: wasm-opt, a .cjs name for Node's glue, and the sizes.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, statSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const path = (p) => fileURLToPath(new URL(p, import.meta.url));
for (const target of ['web', 'node']) {
  const file = path(`dist/${target}/bansos_bg.wasm`);
  execFileSync(path('node_modules/.bin/wasm-opt'), ['-Oz', file, '-o', file], { stdio: 'inherit' });
}
renameSync(path('dist/node/bansos.js'), path('dist/node/bansos.cjs'));

const kB = (n) => `${(n / 1000).toFixed(1)} kB`;
let total = 0;
for (const file of ['dist/web/bansos_bg.wasm', 'dist/web/bansos.js', 'surface.js', 'web.js']) {
  const bytes = readFileSync(path(file));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const brotli = brotliCompressSync(bytes, { params }).length;
  total += brotli;
  console.log(`${file}: ${kB(statSync(path(file)).size)}, gzip ${kB(gzipSync(bytes, { level: 9 }).length)}, brotli ${kB(brotli)}`);
}
console.log(`all of it: brotli ${kB(total)} (at most 120 kB)`);
if (total > 120_000) process.exitCode = 1;
