// When an answer agrees with an expectation: conformance/README.md, "When an answer agrees".
// Names on this surface are camelCase: `camelize` translates member names, never values.

export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** Members whose own members are named by the caller: those names stay. */
const DATA = new Set(['receives', 'facts', 'flags', 'own', 'overlays', 'standings', 'quotas']);

export function camelize(value) {
  if (Array.isArray(value)) return value.map(camelize);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [camel(k), DATA.has(k) ? v : camelize(v)]));
}

/** Where and how `actual` departs from `expected`, or null. */
export function difference(expected, actual) {
  if ('error' in expected) {
    const want = expected.error;
    const have = actual.error;
    if (!have) return `expected the error ${want.code}, got an answer`;
    if (want.code !== have.code) return `expected ${want.code}, got ${have.code} at ${have.path}`;
    if ('path' in want && camel(want.path) !== have.path) return `path: expected ${want.path}, got ${have.path}`;
    if ('params' in want) {
      const [w, h] = [sorted(camelize(want.params)), sorted(have.params)];
      if (w !== h) return `params: expected ${w}, got ${h}`;
    }
    return walk('/message', want.message ?? {}, have.message);
  }
  if (!('ok' in actual)) return `expected an answer, got ${actual.error.code} at ${actual.error.path}`;
  return walk('', camelize(expected.ok), actual.ok);
}

const sorted = (o) => JSON.stringify(Object.entries(o).sort(([a], [b]) => (a < b ? -1 : 1)));

function walk(path, want, have) {
  if (Array.isArray(want)) {
    if (!Array.isArray(have) || want.length !== have.length) {
      return `${path}: expected ${want.length} items, got ${JSON.stringify(have)}`;
    }
    for (let i = 0; i < want.length; i++) {
      const found = walk(`${path}/${i}`, want[i], have[i]);
      if (found) return found;
    }
    return null;
  }
  if (want !== null && typeof want === 'object') {
    if (have === null || typeof have !== 'object' || Array.isArray(have)) return `${path}: expected an object, got ${have}`;
    for (const [key, value] of Object.entries(want)) {
      const found = walk(`${path}/${key}`, value, have[key] ?? null);
      if (found) return found;
    }
    return null;
  }
  if (typeof want === 'number' && typeof have === 'number') {
    const near = Math.abs(want - have) <= 1e-9 * Math.max(Math.abs(want), Math.abs(have));
    return near ? null : `${path}: expected ${want}, got ${have}`;
  }
  return want === have ? null : `${path}: expected ${JSON.stringify(want)}, got ${JSON.stringify(have)}`;
}

const envelope = (answer, BansosError) => {
  try {
    return { ok: answer() };
  } catch (e) {
    if (!(e instanceof BansosError)) throw e;
    return { error: { code: e.code, path: e.path, params: e.params, message: e.messages } };
  }
};

/** Runs a case by name, and through its own function where the input has the form; says what departs. */
export function run(bansos, { operation, input, expect }) {
  const request = camelize(input);
  const found = difference(expect, envelope(() => bansos.call(operation, request), bansos.BansosError));
  if (found || !('ok' in expect)) return found;
  const [area, what] = operation.includes('.') ? operation.split('.') : [null, operation];
  const home = area ? bansos[camel(area)] : bansos;
  const first = bansos.OPERATIONS.find(([name]) => name === operation)[1];
  const typed = first === null ? () => home[camel(what)](request) : () => {
    const { [first]: value, ...options } = request;
    return home[camel(what)](value, options);
  };
  return difference(expect, envelope(typed, bansos.BansosError));
}
