// Node. Every operation, and the names of all districts.
import { createRequire } from 'node:module';
import { node } from '../entry.js';

export const { init, call, BansosError, surface } = node(createRequire(import.meta.url)('../dist/full/node/bansos.cjs'));
export const { version, nik, familyCard, region, person, family, ranking, policy, eligibility, allocation, targeting, dedup, verivali } = surface;
export default init;
