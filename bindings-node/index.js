'use strict';
// CommonJS entry: the native module, and the surface over it.
const native = require('./native.js');
const { BansosError, build, camel } = require('./surface.js');

const { surface, call, encode } = build(native);

/** Many requests of one operation on a worker thread. */
async function batch(name, requests, { onProgress, signal } = {}) {
  signal?.throwIfAborted();
  if (!Array.isArray(requests)) throw new BansosError(JSON.parse(native.refuse('input.host', '')).error);
  const progress = onProgress ? (_, done) => onProgress(done, requests.length) : null;
  const answers = JSON.parse(await native.batch(String(name), encode(requests), progress, signal ?? null));
  signal?.throwIfAborted();
  if (!Array.isArray(answers)) throw new BansosError(answers.error);
  onProgress?.(requests.length, requests.length);
  return answers.map(({ ok, error }) => (error ? new BansosError(error) : ok));
}

module.exports = { ...surface, BansosError, call, batch, columns: require('./columns.js')(native, BansosError, { encode, camel }) };
