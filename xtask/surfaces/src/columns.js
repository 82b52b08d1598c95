module.exports = (native, BansosError, { encode, camel }) => {
  const refused = (code, path) => new BansosError(JSON.parse(native.refuse(code, path)).error);

  const open = (envelope) => {
    const { ok, error } = JSON.parse(envelope);
    if (error) throw new BansosError(error);
    return ok;
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

  /** A list of numbers and nulls; NaN is no number. */
  const numbers = (values, path, whole) => {
    if (!isList(values)) throw refused('input.host', path);
    return Array.from(values, (value, i) => {
      if (value == null || Number.isNaN(value)) return null;
      const fits = whole ? Number.isSafeInteger(value) : typeof value === 'number' && Number.isFinite(value);
      if (!fits) throw refused(typeof value === 'number' && !whole ? 'input.not_finite' : 'input.host', `${path}/${i}`);
      return value;
    });
  };

  /** A plain list as the kind of column that is read there. */
  const list = (kind, name, values, path) => {
    if (kind === 'number') return { name, numbers: numbers(values, path, false) };
    if (kind === 'whole') return { name, wholes: numbers(values, path, true) };
    return { name, texts: texts(values, path) };
  };

  /** What the native module takes: lists, or bytes; only the columns that are read. */
  const table = ({ name, single }, given, transfer, asked) => {
    if (single ? !Array.isArray(given) : given instanceof Uint8Array) return bytes(given, transfer);
    if (given === null || typeof given !== 'object') throw refused('input.host', '');
    const needs = open(native.columnNeeds(name, asked));
    const read = ({ column, kind }) => (single ? list(kind, column, given, '') : list(kind, column, given[column], `/${column}`));
    return [needs.map(read), false];
  };

  /** Refuses names that no operation knows, before anything is read. */
  const check = ({ options: known, outputs }, options) => {
    for (const key of Object.keys(options)) {
      if (!known.includes(key)) throw new RangeError(`options are ${known.join(', ')}`);
    }
    const wanted = options.columns;
    if (outputs.length && wanted !== undefined && !(Array.isArray(wanted) && wanted.length && wanted.every((o) => outputs.includes(o)))) {
      throw new RangeError(`columns are some of ${outputs.join(', ')}`);
    }
  };

  const run = async (operation, given, { transfer = false, onProgress, signal, ...options } = {}) => {
    signal?.throwIfAborted();
    check(operation, options);
    // whatever is given for a day is judged as a text
    for (const day of operation.days) options[day] = String(options[day]);
    const asked = encode(options);
    const progress = onProgress ? (_, [done, total]) => onProgress(done, total) : null;
    const answer = await native.columns(operation.name, ...table(operation, given, transfer, asked), asked, progress, signal ?? null);
    signal?.throwIfAborted();
    const made = { ...open(answer.json), ...(answer.data && { data: answer.data }), ...(answer.tables && { tables: answer.tables }) };
    return operation.reports ? made : (made.data ?? made.columns);
  };

  const columns = {};
  for (const operation of COLUMN_OPERATIONS) columns[camel(operation.name)] = (given, options) => run(operation, given, options);
  return columns;
};
