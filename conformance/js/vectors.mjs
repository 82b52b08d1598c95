// The vector files, and one case through a surface.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../', import.meta.url));
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

/** Leaves a surface's counts in the folder that BANSOS_PARITY names, for the table of docs/PARITY.md. */
export function tell(surface, { passed, failed, xfail = 0 }) {
  const folder = process.env.BANSOS_PARITY;
  if (folder) writeFileSync(join(folder, `${surface}.json`), JSON.stringify({ passed, failed, xfail }));
}
