// Browsers and bundlers. Every operation, and the names of all districts. `await init()` once.
import * as glue from '../dist/full/web/bansos.js';
import { browser } from '../entry.js';

export const { init, call, BansosError, surface } = browser(glue);
export const { version, nik, familyCard, region, person, family, ranking, policy, eligibility, allocation, targeting, dedup, verivali } = surface;
export default init;
