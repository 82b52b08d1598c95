// What both bundles share: loading in a browser, and the surface over a module.
import { BansosError, build } from './surface.js';

/** `init`, `call` and the operations, over wasm-bindgen's glue for the web. */
export function browser({ default: load, initSync, call: door, refuse }) {
  let ready = null;
  let loaded = false;
  const native = {
    call(name, request) {
      if (!loaded) throw new Error('bansos-wasm: await init() first');
      return door(name, request);
    },
    refuse(code, path) {
      if (!loaded) throw new Error('bansos-wasm: await init() first');
      return refuse(code, path);
    },
  };
  const bytes = (source) => ArrayBuffer.isView(source) || source instanceof ArrayBuffer || source instanceof WebAssembly.Module;
  const start = async (source) => {
    if (bytes(source)) initSync({ module: source });
    else await load(source === undefined ? undefined : { module_or_path: source });
    loaded = true;
  };
  const init = (source) => (ready ??= start(source).catch((why) => ((ready = null), Promise.reject(why))));
  return { init, BansosError, ...build(native) };
}

/** The same over the glue for Node, where there is nothing to wait for. */
export function node(glue) {
  return { init: async () => {}, BansosError, ...build(glue) };
}
