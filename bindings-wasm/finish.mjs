// After wasm-bindgen: wasm-opt, a .cjs name for Node's glue, the types, and the sizes.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

// what rustc's wasm32-unknown-unknown has on by default: the section that names them goes with the symbols
const FEATURES = ['bulk-memory', 'bulk-memory-opt', 'call-indirect-overlong', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext']
  .map((feature) => `--enable-${feature}`);
const path = (p) => fileURLToPath(new URL(p, import.meta.url));
for (const bundle of ['form', 'full']) {
  for (const target of ['web', 'node']) {
    const file = path(`dist/${bundle}/${target}/bansos_bg.wasm`);
    execFileSync(path('node_modules/.bin/wasm-opt'), ['-Oz', ...FEATURES, file, '-o', file], { stdio: 'inherit' });
  }
  renameSync(path(`dist/${bundle}/node/bansos.js`), path(`dist/${bundle}/node/bansos.cjs`));
}
// the operations' types are those of the package for Node, where they are checked in
copyFileSync(path('../bindings-node/surface.d.ts'), path('surface.d.ts'));

const kB = (n) => `${(n / 1000).toFixed(1)} kB`;
/** What a browser fetches for a bundle. */
const weigh = (bundle, files) => {
  let total = 0;
  for (const file of [`dist/${bundle}/web/bansos_bg.wasm`, `dist/${bundle}/web/bansos.js`, 'surface.js', 'entry.js', ...files]) {
    const bytes = readFileSync(path(file));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const brotli = brotliCompressSync(bytes, { params }).length;
    total += brotli;
    console.log(`${file}: ${kB(bytes.length)}, gzip ${kB(gzipSync(bytes, { level: 9 }).length)}, brotli ${kB(brotli)}`);
  }
  console.log(`${bundle}: brotli ${kB(total)}`);
  return total;
};
weigh('full', ['full/web.js']);
if (weigh('form', ['web.js']) > 120_000) {
  console.error('the bundle for a form must be at most 120 kB');
  process.exitCode = 1;
}
