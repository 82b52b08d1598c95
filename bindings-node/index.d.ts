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

/** What `columns.nik` takes. */
export interface NikColumnOptions {
  /** The reference date, `YYYY-MM-DD`. */
  asOf: string;
  /** What to make; the class alone unless told otherwise. */
  columns?: NikColumnName[];
  /** Gives the buffer away instead of having it copied: it is detached, as with `postMessage`. */
  transfer?: boolean;
}

/** What `columns.deciles` takes: the names of columns, and the conventions of `ranking.deciles`. */
export interface DecilesOptions {
  /** Column of welfare scores; null and NaN are not ranked. */
  score: string;
  /** What each decile holds a tenth of. Official words disagree, so name it. */
  by: import('./surface').RankBy;
  /** Column with the number of members, needed when ranking by persons. */
  size?: string;
  /** Column of identifiers that order equal scores; without one the order of the rows does. */
  key?: string;
  /** Columns of region codes or names, each ranked by itself beside the whole. */
  group?: string | string[];
  rule?: import('./surface').RankRule;
  ties?: import('./surface').RankTies;
  scale?: import('./surface').RankScale;
  lowerIsPoorer?: boolean;
  minGroup?: number;
  near?: number | null;
  /** As in `NikColumnOptions`. */
  transfer?: boolean;
}

/** Size of one part. */
export interface DecileCell {
  families: number;
  persons: number;
}

/** One grouping's report; scores are written as texts, so that none loses a digit. */
export interface DecilesReport {
  /** Names of the groups, by the number they have in the report. */
  groups: string[];
  report: {
    total: {
      families: number;
      ranked: number;
      unranked: { missing: number; notFinite: number; noGroup: number; smallGroup: number; noWeight: number };
      sizeUnknown: number;
      cells: DecileCell[];
      decidedByKey: number;
      nearCut: number | null;
    };
    groups: {
      group: number;
      ranked: number;
      weight: number;
      cells: DecileCell[];
      cuts: { poorer: string | null; richer: string | null }[];
      decidedByKey: number;
      nearCut: number | null;
    }[];
  };
}

/** Column operations, on a worker thread. */
export const columns: {
  /** A list of texts gives plain lists. Numbers are refused: above 2^53 they change. */
  nik(values: (string | null)[], options: NikColumnOptions): Promise<NikColumns>;
  /** An Arrow IPC stream (its first column) gives an Arrow IPC stream. */
  nik(values: Uint8Array, options: NikColumnOptions): Promise<Uint8Array>;
  /**
   * Exact deciles in linear time. Lists by name give lists by name: `decile` among all rows, and `decile_<column>` within each
   * value of every group column (`percentile…` when the scale is percentiles).
   */
  deciles(
    table: Record<string, ArrayLike<string | number | null>>,
    options: DecilesOptions,
  ): Promise<{ columns: Record<string, (number | null)[]>; reports: Record<string, DecilesReport> }>;
  /** An Arrow IPC stream gives an Arrow IPC stream of the new columns. */
  deciles(table: Uint8Array, options: DecilesOptions): Promise<{ data: Uint8Array; reports: Record<string, DecilesReport> }>;
};
