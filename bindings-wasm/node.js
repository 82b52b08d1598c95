// Node. The operations that a registration form needs.
import { createRequire } from 'node:module';
import { node } from './entry.js';

export const { init, call, BansosError, surface } = node(createRequire(import.meta.url)('./dist/form/node/bansos.cjs'));
export const { version, nik, familyCard, region, person, family } = surface;
export default init;
