// The operations that a registration form needs; `bansos-wasm/full` has them all.
import type { OperationName } from './surface.js';
export type * from './surface.js';
export { version, nik, familyCard, region, person, family } from './surface.js';
export { init, init as default, BansosError } from './common.js';

/** Calls an operation by name. */
export function call(name: Exclude<OperationName, `ranking.${string}` | `policy.${string}` | `eligibility.${string}` | `allocation.${string}` | `targeting.${string}` | `dedup.${string}` | `verivali.${string}`>, request: object): any;
