import type { AuditCell, Region, Values } from '../read/regions.js';

/** Whether one unit can have rows in several parts of a field, or of time: `true` where it is always in one. */
export interface OnePart {
  readonly fields: ReadonlySet<string>;
  readonly time: boolean;
  /** Fields in which no other values are than these. */
  readonly complete: ReadonlyMap<string, Values>;
}

/**
 * The kinds of unit that there can be, as far as some regions can tell: for each kind the set of regions in which such a
 * unit has a row, as bits. Every count is the sum of the kinds that have its bit, and nothing else follows from the declarations.
 *
 * Rows fall into the finest parts that the limits of the regions make. A unit lies in one part of a one-part field and may have rows
 * in any of the other parts, so its kind is the union of some of those.
 *
 * Undefined where there are more than `most` kinds.
 */
export function signatures(cells: readonly AuditCell[], onePart: OnePart, most: number): readonly bigint[] | undefined {
  const everything = (1n << BigInt(cells.length)) - 1n;
  const fields = new Set(cells.flatMap((cell) => [...cell.fields.keys()]));
  let attributes: ReadonlySet<bigint> = new Set([everything]);
  let parts: ReadonlySet<bigint> = new Set([everything]);
  for (const field of fields) {
    const own = fieldParts(cells, field, isComplete(cells, field, onePart));
    if (onePart.fields.has(field)) attributes = split(attributes, own);
    else parts = split(parts, own);
    if (attributes.size > most || parts.size > most) return undefined;
  }
  if (onePart.time) attributes = split(attributes, timeParts(cells));
  else parts = split(parts, timeParts(cells));
  const kinds = new Set<bigint>();
  for (const attribute of attributes) {
    if (!addUnions(kinds, split(new Set([attribute]), [...parts]), most)) return undefined;
  }
  return [...kinds];
}

/** Whether regions name all values that a field has. Where they name only some, the others are possible as ever. */
export function isComplete(cells: readonly AuditCell[], field: string, { complete }: OnePart): boolean {
  const values = complete.get(field);
  if (values === undefined) return false;
  const named = new Set(cells.flatMap((cell) => [...(cell.fields.get(field) ?? [])]));
  return [...values].every((value) => named.has(value));
}

/** Which regions each value of a field belongs to; values that no region names belong to those without a limit on it. */
function fieldParts(cells: readonly AuditCell[], field: string, complete: boolean): readonly bigint[] {
  let unnamed = 0n;
  const named = new Map<string, bigint>();
  cells.forEach((cell, at) => {
    const values = cell.fields.get(field);
    if (values === undefined) unnamed |= 1n << BigInt(at);
    else for (const value of values) named.set(value, (named.get(value) ?? 0n) | (1n << BigInt(at)));
  });
  return [...new Set([...(complete ? [] : [unnamed]), ...[...named.values()].map((bits) => bits | unnamed)])];
}

function timeParts(cells: readonly Region[]): readonly bigint[] {
  const starts = [...new Set(cells.flatMap(({ from, to }) => [from, to + 1]))];
  return [...new Set(starts.map((day) => cells.reduce((bits, { from, to }, at) => (from <= day && day <= to ? bits | (1n << BigInt(at)) : bits), 0n)))];
}

function split(sets: ReadonlySet<bigint>, parts: readonly bigint[]): ReadonlySet<bigint> {
  const out = new Set<bigint>();
  for (const set of sets) for (const part of parts) if ((set & part) !== 0n) out.add(set & part);
  return out;
}

/** Adds all unions of some of the parts. False where they become too many. */
function addUnions(kinds: Set<bigint>, parts: ReadonlySet<bigint>, most: number): boolean {
  const unions = new Set<bigint>();
  for (const part of parts) {
    for (const union of [0n, ...unions]) unions.add(union | part);
    if (unions.size > most) return false;
  }
  for (const union of unions) kinds.add(union);
  return kinds.size <= most;
}
