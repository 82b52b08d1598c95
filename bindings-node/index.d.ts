// Written by hand; the operations and their types are generated in surface.d.ts.
import type { OperationName } from './surface';
export * from './surface';

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

/** What `columns.nik` makes. */
export type NikColumnName = 'class' | 'region' | 'birthDate' | 'sex' | 'flags';

/** Columns of NIKs as plain lists. */
export interface NikColumns {
  /** The verdict in one word. */
  class?: import('./surface').NikClass[];
  /** The first six digits as a number; null where there are no sixteen digits. */
  region?: (number | null)[];
  /** The birth date, the younger one where two are possible. */
  birthDate?: (string | null)[];
  /** The sex that the day field tells. */
  sex?: (import('./surface').Sex | null)[];
  /** Bits of all findings. */
  flags?: number[];
}

/** Column operations, on a worker thread. */
export const columns: {
  /** A list of texts gives plain lists. Numbers are refused: above 2^53 they change. */
  nik(values: (string | null)[], options: { asOf: string; columns?: NikColumnName[] }): Promise<NikColumns>;
  /** An Arrow IPC stream (its first column) gives an Arrow IPC stream. */
  nik(values: Uint8Array, options: { asOf: string; columns?: NikColumnName[] }): Promise<Uint8Array>;
};
