/**
 * JSON with one spelling: names sorted by code unit, no white space, numbers as ECMAScript writes them
 * (RFC 8785, the JSON Canonicalization Scheme, without its check for lone surrogates: JSON.stringify escapes those).
 * What JSON leaves out (undefined, functions) is left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => (item === undefined ? 'null' : canonicalJson(item))).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    const members = Object.keys(record)
      .filter((name) => record[name] !== undefined && typeof record[name] !== 'function')
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonicalJson(record[name])}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
