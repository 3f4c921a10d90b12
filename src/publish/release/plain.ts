/** The object's own members, without a prototype: what somebody put on `Object.prototype` is no option. */
export function ownOf<T extends object>(value: T): T {
  return Object.assign(Object.create(null) as T, value);
}

/** A copy as plain JSON, members in their order. By itself, because `JSON.stringify` asks each object, and so `Object.prototype`, for a `toJSON`. */
export function jsonCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : jsonCopy(item)));
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || typeof member === 'function') continue;
    Object.defineProperty(copy, name, { value: jsonCopy(member), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}
