/** Whether it is a record: an object that is no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Equal JSON, member by member, whatever their order. Whole numbers have to be the same; others may differ by what engines' elementary
 * functions do: 1e-12 of them. What JSON leaves out is left out, and what it cannot write (an infinity) is null.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  const [x, y] = [written(a), written(b)];
  if (typeof x === 'number' && typeof y === 'number') return x === y || (!(Number.isInteger(x) && Number.isInteger(y)) && Math.abs(x - y) <= 1e-12 * Math.abs(y));
  if (Array.isArray(x)) return Array.isArray(y) && x.length === y.length && x.every((item, at) => sameJson(item, y[at]));
  if (!isRecord(x) || !isRecord(y)) return x === y;
  const names = membersOf(x);
  return names.length === membersOf(y).length && names.every((name) => Object.hasOwn(y, name) && sameJson(x[name], y[name]));
}

const written = (value: unknown): unknown => (value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value);

const membersOf = (record: Readonly<Record<string, unknown>>): string[] => Object.keys(record).filter((name) => record[name] !== undefined);

/** Whether a record has these members and no others. */
export function hasOnly(record: Readonly<Record<string, unknown>>, needed: readonly string[], possible: readonly string[] = []): boolean {
  return needed.every((name) => Object.hasOwn(record, name)) && Object.keys(record).every((name) => needed.includes(name) || possible.includes(name));
}
