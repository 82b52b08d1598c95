// Browsers and bundlers: `await init()` once, then the same functions as everywhere.
import load, { call as door, initSync, refuse } from './dist/web/bansos.js';
import { BansosError, build } from './surface.js';

let ready = null;

const native = {
  call(name, request) {
    if (!ready) throw new Error('bansos-wasm: await init() first');
    return door(name, request);
  },
  refuse,
};

/** Loads the module: from beside this file, or from a URL, a Response, bytes or a compiled module. */
export default function init(source) {
  ready ??= (
    source instanceof WebAssembly.Module || ArrayBuffer.isView(source) || source instanceof ArrayBuffer
      ? Promise.resolve().then(() => initSync({ module: source }))
      : load(source === undefined ? undefined : { module_or_path: source })
  ).catch((why) => {
    ready = null;
    throw why;
  });
  return ready.then(() => undefined);
}

const { surface, call } = build(native);
export const { version, nik, familyCard, region, person, family, ranking, policy, eligibility } = surface;
export { init, BansosError, call };
