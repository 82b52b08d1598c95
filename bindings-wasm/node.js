// Node: the module is read when this file is; `init()` is there so that the same program runs in both.
import { createRequire } from 'node:module';
import { BansosError, build } from './surface.js';

const native = createRequire(import.meta.url)('./dist/node/bansos.cjs');
const { surface, call } = build(native);

/** Nothing to do in Node. */
export default async function init() {}

export const { version, nik, familyCard, region, person, family, ranking, policy, eligibility } = surface;
export { init, BansosError, call };
