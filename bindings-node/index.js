'use strict';
// CommonJS entry: the native module, and the surface over it.
const native = require('./native.js');
const { BansosError, build } = require('./surface.js');

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

const refused = (code, path) => new BansosError(JSON.parse(native.refuse(code, path)).error);
const NIK_COLUMNS = ['class', 'region', 'birthDate', 'sex', 'flags'];

/** Judges a column of NIKs on a worker thread. */
async function nikColumn(values, { asOf, columns: wanted = ['class'] } = {}) {
  if (!Array.isArray(wanted) || !wanted.length || !wanted.every((name) => NIK_COLUMNS.includes(name))) {
    throw new RangeError(`columns are some of ${NIK_COLUMNS.join(', ')}`);
  }
  if (Array.isArray(values)) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value == null || typeof value === 'string') continue;
      const number = typeof value === 'number' || typeof value === 'bigint';
      throw refused(number ? 'input.identifier_number' : 'input.host', `/${i}`);
    }
  } else if (!(values instanceof Uint8Array)) {
    throw refused('input.host', '');
  }
  const made = await native.nikColumn(values, String(asOf), wanted);
  if (typeof made !== 'string') return made;
  const { ok, error } = JSON.parse(made);
  if (error) throw new BansosError(error);
  return ok;
}

module.exports = { ...surface, BansosError, call, batch, columns: { nik: nikColumn } };
