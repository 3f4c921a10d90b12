import { daysMeet, fieldsId, type AuditCell, type Values } from './read/regions.js';
import type { OnePart } from './sums/signatures.js';

/** Cells that say something about the same units: those that share a limit on what units do in several parts, and wider ones. */
export interface Family {
  readonly cells: readonly AuditCell[];
  /** Whether a cell is limited to exactly what the family is about; the rest are wider and met in other families too. */
  readonly own: readonly boolean[];
}

/**
 * Groups cells by their limits on fields of keys in which a unit may be several times (the app, the item): counts for different
 * values of such a field say next to nothing of each other. Limits on one-part fields, on fields that populations alone are cut by,
 * and on time stay within a family.
 *
 * @param keyFields the fields that lines of any release are about.
 */
export function families(cells: readonly AuditCell[], onePart: OnePart, keyFields: ReadonlySet<string>): readonly Family[] {
  const limitsOf = (cell: AuditCell): ReadonlyMap<string, Values> => new Map([...cell.fields].filter(([field]) => keyFields.has(field) && !onePart.fields.has(field)));
  const kinds = new Map<string, { readonly limits: ReadonlyMap<string, Values>; readonly cells: AuditCell[] }>();
  for (const cell of cells) {
    const limits = limitsOf(cell);
    const id = fieldsId(limits);
    const kind = kinds.get(id);
    if (kind === undefined) kinds.set(id, { limits, cells: [cell] });
    else kind.cells.push(cell);
  }
  const all = [...kinds.values()];
  const widerOf = widerKinds(all.map(({ limits }) => limits));
  return all.flatMap((kind, at) => {
    const wider = widerOf(at).flatMap((other) => all[other]!.cells);
    return connected([...kind.cells, ...wider], kind.cells.length);
  });
}

/** Cells are compared with each other, one by one, up to so many. */
export const MOST_COMPARED = 800;

/** Cells that share no row, directly or through others, say nothing of each other: the lists of weeks that follow one another. */
function connected(cells: readonly AuditCell[], own: number): readonly Family[] {
  if (cells.length > MOST_COMPARED) return [{ cells, own: cells.map((_, at) => at < own) }];
  const left = new Set(cells.keys());
  const parts: Family[] = [];
  for (const first of cells.keys()) {
    if (first >= own || !left.delete(first)) continue;
    const part = [first];
    for (const at of part) {
      for (const other of left) {
        if (!meet(cells[at]!, cells[other]!)) continue;
        left.delete(other);
        part.push(other);
      }
    }
    part.sort((a, b) => a - b);
    parts.push({ cells: part.map((at) => cells[at]!), own: part.map((at) => at < own) });
  }
  return parts;
}

const meet = (a: AuditCell, b: AuditCell): boolean =>
  daysMeet(a, b) &&
  [...a.fields].every(([field, values]) => {
    const others = b.fields.get(field);
    if (others === undefined) return true;
    const [few, many] = values.size <= others.size ? [values, others] : [others, values];
    return [...few].some((value) => many.has(value));
  });

/** For each set of limits those that are wider. Sets are found by what they limit, so that a list of thousands of keys stays linear. */
function widerKinds(kinds: readonly ReadonlyMap<string, Values>[]): (at: number) => readonly number[] {
  const byFirst = new Map<string, number[]>();
  const free: number[] = [];
  const add = (id: string, at: number): void => void (byFirst.get(id)?.push(at) ?? byFirst.set(id, [at]));
  kinds.forEach((limits, at) => {
    const [first] = limits;
    if (first === undefined) free.push(at);
    else for (const value of first[1]) add(JSON.stringify([first[0], value]), at);
  });
  return (at) => {
    const own = kinds[at]!;
    const near = new Set(free);
    for (const [field, values] of own) for (const value of values) for (const other of byFirst.get(JSON.stringify([field, value])) ?? []) near.add(other);
    near.delete(at);
    return [...near].filter((other) => isWider(kinds[other]!, own));
  };
}

const isWider = (wide: ReadonlyMap<string, Values>, narrow: ReadonlyMap<string, Values>): boolean =>
  [...wide].every(([field, values]) => {
    const inner = narrow.get(field);
    return inner !== undefined && [...inner].every((value) => values.has(value));
  });
