/**
 * One text for one value: equal exactly when two values are structurally equal. Key order, insertion order of sets and
 * maps do not count; types do (`1n`, `1` and `'1'` differ). Throws a `TypeError` that names the path of anything that
 * has no structure to compare (functions, symbols, class instances, cycles).
 */
export function canonical(value: unknown): string {
  return write(value, '', []);
}

function write(value: unknown, at: string, above: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return value === null ? 'null' : writeObject(value, at, above);
    default:
      throw new TypeError(`${at || 'the value'} is a ${typeof value}; a local state may hold data only`);
  }
}

function writeObject(value: object, at: string, above: readonly object[]): string {
  if (above.includes(value)) throw new TypeError(`${at || 'the value'} refers to itself; a local state must be a tree`);
  const inside = [...above, value];
  if (Array.isArray(value)) return `[${value.map((item, i) => write(item, `${at}[${i}]`, inside)).join()}]`;
  if (value instanceof Set)
    return `Set{${[...value]
      .map((item) => write(item, `${at}{}`, inside))
      .sort()
      .join()}}`;
  if (value instanceof Map) {
    const entries = [...value].map(
      ([k, v]) => `${write(k, `${at}{key}`, inside)}=>${write(v, `${at}{value}`, inside)}`,
    );
    return `Map{${entries.sort().join()}}`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${at || 'the value'} is a ${value.constructor.name}; a local state may hold plain data only`);
  }
  const fields = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${write(item, `${at}.${key}`, inside)}`,
  );
  return `{${fields.sort().join()}}`;
}
