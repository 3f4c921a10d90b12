/** Sets a field of a record, whatever its name: `__proto__` is a field like any other, and a plain assignment would change the prototype. */
export function setField(record: object, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else (record as Record<string, unknown>)[name] = value;
}
