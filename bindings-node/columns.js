'use strict';
// Columns: plain lists, or Arrow IPC streams, on a worker thread.
const NIK_COLUMNS = ['class', 'region', 'birthDate', 'sex', 'flags'];
const RANK_OPTIONS = ['by', 'rule', 'ties', 'scale', 'lowerIsPoorer', 'minGroup', 'near'];

module.exports = (native, BansosError) => {
  const refused = (code, path) => new BansosError(JSON.parse(native.refuse(code, path)).error);

  /** The answer of a worker, or its error. */
  const answer = async (work) => {
    const { json, data } = await work;
    const { ok, error } = JSON.parse(json);
    if (error) throw new BansosError(error);
    return { ok, data };
  };

  /** Bytes, and whether they are the library's own: a buffer given away needs no copy. */
  const bytes = (given, transfer) => {
    if (!(given instanceof Uint8Array)) throw refused('input.host', '');
    if (!transfer) return [given, false];
    try {
      return [structuredClone(given, { transfer: [given.buffer] }), true];
    } catch {
      return [given, false]; // memory that cannot be given away, as Node's own pool
    }
  };

  const isList = (v) => Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView));

  /** A list of texts and nulls. */
  const texts = (values, path) => {
    if (!isList(values)) throw refused('input.host', path);
    return Array.from(values, (value, i) => {
      if (value == null) return null;
      if (typeof value === 'string') return value;
      const number = typeof value === 'number' || typeof value === 'bigint';
      throw refused(number ? 'input.identifier_number' : 'input.host', `${path}/${i}`);
    });
  };

  /** A list of numbers and nulls; NaN is no score. */
  const numbers = (values, path, whole) => {
    if (!isList(values)) throw refused('input.host', path);
    return Array.from(values, (value, i) => {
      if (value == null || Number.isNaN(value)) return null;
      const fits = whole ? Number.isSafeInteger(value) : typeof value === 'number' && Number.isFinite(value);
      if (!fits) throw refused(typeof value === 'number' && !whole ? 'input.not_finite' : 'input.host', `${path}/${i}`);
      return value;
    });
  };

  /** Judges a column of NIKs. */
  async function nik(values, { asOf, columns: wanted = ['class'], transfer = false } = {}) {
    if (!Array.isArray(wanted) || !wanted.length || !wanted.every((name) => NIK_COLUMNS.includes(name))) {
      throw new RangeError(`columns are some of ${NIK_COLUMNS.join(', ')}`);
    }
    const given = Array.isArray(values) ? [texts(values, ''), false] : bytes(values, transfer);
    const { ok, data } = await answer(native.nikColumn(...given, String(asOf), wanted));
    return data ?? ok;
  }

  /** Ranks a column of scores, by all rows and within each value of the group columns. */
  async function deciles(table, { score, size, key, group = [], transfer = false, ...options } = {}) {
    for (const name of Object.keys(options)) {
      if (!RANK_OPTIONS.includes(name)) throw new RangeError(`options are score, size, key, group, transfer, ${RANK_OPTIONS.join(', ')}`);
    }
    const names = { score: String(score), size, key, group: [group].flat() };
    const asked = JSON.stringify({ rule: 'start', ties: 'split', scale: 'deciles', lowerIsPoorer: true, minGroup: 0, near: null, ...options });
    if (table instanceof Uint8Array) {
      const { ok, data } = await answer(native.rankColumns(...bytes(table, transfer), names, asked));
      return { data, reports: ok.reports };
    }
    if (table === null || typeof table !== 'object') throw refused('input.host', '');
    const lists = {
      score: numbers(table[names.score], `/${names.score}`, false),
      size: size === undefined ? undefined : numbers(table[size], `/${size}`, true),
      key: key === undefined ? undefined : texts(table[key], `/${key}`),
      groups: names.group.map((name) => texts(table[name], `/${name}`)),
    };
    return (await answer(native.rankColumns(lists, false, names, asked))).ok;
  }

  return { nik, deciles };
};
