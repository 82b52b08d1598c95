// Written by hand; the operations and their types are generated in surface.d.ts and columns.d.ts.
import type { OperationName } from './surface';
export * from './surface';
export * from './columns';

/** A question that cannot be answered. Never repeats a person's value. */
export class BansosError extends Error {
  /** Stable code, `area.what`. */
  readonly code: string;
  /** Where in the request (RFC 6901), empty when it is not about one place. */
  readonly path: string;
  /** The code's parameters. */
  readonly params: Record<string, number | string>;
  /** The sentence in Indonesian and in English. */
  readonly messages: { id: string; en: string };
}

/** Calls an operation by name. */
export function call(name: OperationName, request: object): any;

/** What `batch` takes. */
export interface BatchOptions {
  /** Told now and then, and at the end. */
  onProgress?: (done: number, total: number) => void;
  /** Stops the work; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
}

/** Many requests of one operation on a worker thread; an element that cannot be answered is a `BansosError`. */
export function batch<T = any>(name: OperationName, requests: object[], options?: BatchOptions): Promise<(T | BansosError)[]>;
