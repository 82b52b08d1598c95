// The vector files, and one case through a surface.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { camel, camelize, difference } from './agree.mjs';

const folder = fileURLToPath(new URL('../../conformance/', import.meta.url));
const json = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

/** Every case with its operation. */
export function cases() {
  const all = [];
  for (const area of readdirSync(join(folder, 'vectors')).sort()) {
    for (const file of readdirSync(join(folder, 'vectors', area)).sort()) {
      const group = json(join('vectors', area, file));
      for (const c of group.cases) all.push({ operation: group.operation, ...c });
    }
  }
  return all;
}

/** Cases that a surface cannot pass, with the reason. */
export const xfails = (surface) =>
  new Map(json('exceptions.json').xfail.filter((x) => x.surface === surface).map((x) => [x.id, x.reason]));

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
