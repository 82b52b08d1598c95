/** A question that cannot be answered. Never repeats a person's value. */
class BansosError extends Error {
  constructor({ code, path, params, message }) {
    super(`${code}${path ? ` (${path})` : ''}: ${message.id} / ${message.en}`);
    this.name = 'BansosError';
    this.code = code;
    this.path = path;
    this.params = params;
    this.messages = message;
  }
}

const DEPTH = 100;

/** The first value that cannot be data, as [code, path]; JSON.stringify would change or drop it unseen. */
function trouble(value, path, depth) {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? null : ['input.not_finite', path];
    case 'bigint':
      return ['input.identifier_number', path];
    case 'function':
    case 'symbol':
      return ['input.host', path];
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null || typeof value.toJSON === 'function') return null;
  if (depth > DEPTH) return ['input.depth', ''];
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const found = trouble(value[i], `${path}/${i}`, depth + 1);
      if (found) return found;
    }
    return null;
  }
  const kind = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== null && Object.getPrototypeOf(kind) !== null) return ['input.host', path];
  for (const key of Object.keys(value)) {
    const found = trouble(value[key], `${path}/${key}`, depth + 1);
    if (found) return found;
  }
  return null;
}

/** Builds the surface over `native.call(name, json)` and `native.refuse(code, path)`. */
function build(native) {
  const open = (envelope) => {
    const { ok, error } = JSON.parse(envelope);
    if (error) throw new BansosError(error);
    return ok;
  };
  const encode = (request) => {
    const found = trouble(request, '', 0);
    if (found) throw new BansosError(JSON.parse(native.refuse(...found)).error);
    return JSON.stringify(request === undefined ? null : request);
  };
  const call = (name, request) => open(native.call(String(name), encode(request)));
  const surface = {};
  for (const [name, first] of OPERATIONS) {
    const [area, what] = name.includes('.') ? name.split('.') : [null, name];
    const operation =
      first === null
        ? (options) => call(name, options ?? {})
        : (value, options) => call(name, { ...options, [first]: value });
    const home = area === null ? surface : (surface[camel(area)] ??= {});
    home[camel(what)] = operation;
  }
  return { surface, call, open, encode };
}

/** `as_of` to `asOf`. */
function camel(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
