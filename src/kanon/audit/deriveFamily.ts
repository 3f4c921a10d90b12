import { MOST_COMPARED, type Family } from './families.js';
import { needed } from './sums/needed.js';
import { isAsNarrow, Narrowed } from './sums/range.js';
import { asTold, byRule, membersOf, positions, sumsOf } from './sums/system.js';
import { daysMeet, fieldsId, sameDays, type AuditCell } from './read/regions.js';
import { isComplete, signatures, type OnePart } from './sums/signatures.js';
import { targetsOf, type Target } from './targets.js';

/** A derivation about positions in the family's list of cells. */
export interface Derived {
  readonly kind: 'withheld' | 'difference' | 'zero-difference' | 'net-change';
  readonly inAll: readonly number[];
  readonly inNone: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly k: number;
  readonly needs: readonly number[];
}

const MOST_KINDS = 4000;

/** What follows within a family, and why that may not be all. */
export interface FamilyAudit {
  readonly derived: readonly Derived[];
  readonly doubt?: 'contradiction' | 'size';
}

/** All that a reader can derive within one family. */
export function deriveFamily(family: Family, onePart: OnePart, structures: Map<string, Structure | undefined>): FamilyAudit {
  const { cells, own } = family;
  if (cells.length < 2 && cells.every(({ shown }) => shown)) return { derived: [] };
  // Without an upper end no group is certainly small: sums say only that there are enough people.
  if (cells.every(({ upper }) => upper === Infinity)) return { derived: [] };
  if (cells.length > MOST_COMPARED) return { derived: [], doubt: 'size' };
  const structure = structureOf(family, onePart, structures);
  if (structure === undefined) return { derived: inPairs(family, onePart, structures), doubt: 'size' };
  const { members, targets, kinds } = structure;
  const told = new Narrowed(sumsOf(cells, members, kinds, asTold));
  if (!told.feasible) return { derived: [], doubt: 'contradiction' };
  const guarded = guardedTables(cells, members, kinds);
  let incomplete = false;
  let ruled: Narrowed | undefined;
  const small: { readonly bits: bigint; readonly upper: number }[] = [];
  const found: Derived[] = [];
  for (const target of targets) {
    const k = Math.max(...[...target.inAll, ...target.inNone].map((at) => cells[at]!.k));
    const variables = positions(target.bits);
    const range = told.range(variables, k);
    if (range === undefined) return { derived: [], doubt: 'contradiction' };
    if (range.upper >= k) {
      incomplete ||= !range.complete;
      continue;
    }
    ruled ??= new Narrowed(sumsOf(cells, members, kinds, byRule));
    const rule = ruled.range(variables);
    if (rule !== undefined && range.lower <= rule.lower && range.upper >= rule.upper) continue;
    const withheld = target.inAll.length === 1 && target.inNone.length === 0;
    // What one table says by itself it was protected against; of a line that it withholds the others are no excuse.
    if (guarded.some((one) => (!withheld || cells[target.inAll[0]!]!.release === one.release) && isAsNarrow(one.told().range(variables), range))) continue;
    // A part of a small group is small: that alone is not said again.
    if (!withheld && range.lower === 0 && small.some(({ bits, upper }) => (target.bits & ~bits) === 0n && range.upper >= upper)) continue;
    small.push({ bits: target.bits, upper: range.upper });
    const kind = withheld ? 'withheld' : range.upper === 0 ? 'zero-difference' : 'difference';
    found.push({ kind, inAll: target.inAll, inNone: target.inNone, from: range.lower, to: range.upper, k, needs: needed(cells, members, kinds, target, range) });
  }
  const derived = [...found, ...netChanges(cells, own)];
  return incomplete ? { derived, doubt: 'size' } : { derived };
}

interface GuardedTable {
  readonly release: number;
  /** What the table says by itself; worked out when it is asked for. */
  readonly told: () => Narrowed;
}

function guardedTables(cells: readonly AuditCell[], members: readonly bigint[], kinds: number): readonly GuardedTable[] {
  return [...new Set(cells.filter(({ guarded }) => guarded === true).map(({ release }) => release))].map((release) => {
    let known: Narrowed | undefined;
    return {
      release,
      told: () => {
        const own = [...cells.keys()].filter((at) => cells[at]!.release === release);
        return (known ??= new Narrowed(sumsOf(own.map((at) => cells[at]!), own.map((at) => members[at]!), kinds, asTold)));
      },
    };
  });
}

/** Where there are too many kinds of unit to go through: what two cells say by themselves. Right, and perhaps not all. */
function inPairs({ cells, own }: Family, onePart: OnePart, structures: Map<string, Structure | undefined>): readonly Derived[] {
  const found: Derived[] = [];
  cells.forEach((a, i) => cells.forEach((b, j) => {
    if (i >= j || !(own[i] || own[j])) return;
    const back = (places: readonly number[]): readonly number[] => places.map((place) => (place === 0 ? i : j));
    const { derived } = deriveFamily({ cells: [a, b], own: [own[i]!, own[j]!] }, onePart, structures);
    for (const one of derived) if (one.needs.length > 1 || one.inAll.length > 1) found.push({ ...one, inAll: back(one.inAll), inNone: back(one.inNone), needs: back(one.needs) });
  }));
  return found;
}

/** What follows from the declarations alone. The same for every item of a list, so it is kept by its shape. */
export interface Structure {
  readonly kinds: number;
  readonly members: readonly bigint[];
  readonly targets: readonly Target[];
}

function structureOf({ cells, own }: Family, onePart: OnePart, known: Map<string, Structure | undefined>): Structure | undefined {
  const id = cells.length > 12 ? undefined : shapeOf(cells, own) + [...onePart.complete.keys()].map((field) => isComplete(cells, field, onePart)).join();
  if (id !== undefined && known.has(id)) return known.get(id);
  const kinds = signatures(cells, onePart, MOST_KINDS);
  let structure: Structure | undefined;
  if (kinds !== undefined) {
    const members = membersOf(cells, kinds);
    structure = { kinds: kinds.length, members, targets: targetsOf(cells, own, members, kinds) };
  }
  if (id !== undefined) known.set(id, structure);
  return structure;
}

/** Which values are named does not matter, only where the same one comes again. */
function shapeOf(cells: readonly AuditCell[], own: readonly boolean[]): string {
  const names = new Map<string, number>();
  const name = (field: string, value: string): number => {
    const id = JSON.stringify([field, value]);
    if (!names.has(id)) names.set(id, names.size);
    return names.get(id)!;
  };
  return JSON.stringify(cells.map(({ fields, from, to, shown }, at) => [[...fields].map(([field, values]) => [field, [...values].map((value) => name(field, value))]), from, to, shown, own[at]]));
}

/** Two windows over the same people that overlap, neither within the other. */
function netChanges(cells: readonly AuditCell[], own: readonly boolean[]): readonly Derived[] {
  const found: Derived[] = [];
  cells.forEach((a, i) => {
    if (!own[i] || !a.shown || a.lower !== a.upper) return;
    for (let j = i + 1; j < cells.length; j++) {
      const b = cells[j]!;
      if (!own[j] || !b.shown || b.lower !== b.upper || sameDays(a, b) || !daysMeet(a, b) || fieldsId(a.fields) !== fieldsId(b.fields)) continue;
      const [early, late] = a.from < b.from || (a.from === b.from && a.to < b.to) ? [i, j] : [j, i];
      if (cells[late]!.from === cells[early]!.from || cells[late]!.to <= cells[early]!.to) continue;
      const change = cells[late]!.lower - cells[early]!.lower;
      const k = Math.max(a.k, b.k);
      if (change !== 0 && Math.abs(change) < k) found.push({ kind: 'net-change', inAll: [late], inNone: [early], from: change, to: change, k, needs: [early, late] });
    }
  });
  return found;
}
