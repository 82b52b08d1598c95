// Every operation, and the names of all districts.
import type { OperationName } from '../surface.js';
export * from '../surface.js';
export { init, init as default, BansosError } from '../common.js';

/** Calls an operation by name. */
export function call(name: OperationName, request: object): any;
