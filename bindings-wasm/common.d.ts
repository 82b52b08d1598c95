// Written by hand; the operations and their types are generated in surface.d.ts.

/**
 * Loads the module once; every operation needs it. Without a source it is fetched from beside this package; bytes and a
 * compiled module are taken as they are. In Node there is nothing to load.
 */
export function init(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;
export default init;

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
