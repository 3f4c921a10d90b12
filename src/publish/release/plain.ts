import { setField } from '../../core/setField.js';

/** A copy as plain JSON, members in their order. By itself, because `JSON.stringify` asks each object, and so `Object.prototype`, for a `toJSON`. */
export function jsonCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : jsonCopy(item)));
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = {};
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || typeof member === 'function') continue;
    setField(copy, name, jsonCopy(member));
  }
  return copy;
}
