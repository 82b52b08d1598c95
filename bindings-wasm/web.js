// Browsers and bundlers. The operations that a registration form needs. `await init()` once.
import * as glue from './dist/form/web/bansos.js';
import { browser } from './entry.js';

export const { init, call, BansosError, surface } = browser(glue);
export const { version, nik, familyCard, region, person, family } = surface;
export default init;
