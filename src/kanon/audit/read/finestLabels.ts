import type { Coarser, Declared, Limit } from './declared.js';
import type { Values } from './regions.js';

/** Deeper than any tree of groups: beyond it groups contain each other. */
const MOST_LEVELS = 64;

export interface Placed {
  readonly declared: readonly Declared[];
  /** Releases with a label of which nobody can tell what it stands for, known once their lines have been read. */
  readonly unplaced: ReadonlySet<string>;
  /** Releases that say of a coarser field and of its finer one different things about units. */
  readonly contradictory: readonly string[];
}

/**
 * Puts all releases on the finest values that any of them names: a group that one table takes apart is taken apart in the others
 * too, and a field that is declared a coarser version of another is read as limits on that one.
 */
export function finestLabels(all: readonly Declared[]): Placed {
  const inner = new Map<string, Map<string, Values | 'several'>>();
  const coarser = new Map<string, Coarser | 'several'>();
  for (const { groups, coarser: own } of all) {
    for (const [field, labels] of groups) for (const [label, values] of labels) if (values.size > 1 || !values.has(label)) once(known(inner, field), label, values, sameSet);
    for (const [field, one] of own) once(coarser, field, one, sameCoarser);
  }
  const unplaced = new Set<string>();
  /** The values of one field that a label stands for. */
  const taken = (field: string, label: string, level: number): Values | undefined => {
    const parts = inner.get(field)?.get(label);
    if (parts === undefined) return new Set([label]);
    if (parts === 'several' || level > MOST_LEVELS) return undefined;
    return union([...parts].map((part) => (part === label ? new Set([label]) : taken(field, part, level + 1))));
  };
  const finest = ({ field, values }: Limit, level: number): Limit | undefined => {
    const apart = union([...values].map((value) => taken(field, value, 0)));
    const finer = coarser.get(field);
    if (apart === undefined || finer === 'several' || level > MOST_LEVELS) return undefined;
    if (finer === undefined) return { field, values: apart };
    const below = union([...apart].map((value) => finer.groups.get(value)));
    return below === undefined ? undefined : finest({ field: finer.of, values: below }, level + 1);
  };
  const contradictory: string[] = [];
  const declared = all.map((one): Declared => {
    const note = (limit: Limit | undefined): Limit | undefined => {
      if (limit === undefined) unplaced.add(one.id);
      return limit;
    };
    const unitsIn = new Map(one.unitsIn);
    for (const [field, finer] of coarser) {
      const part = unitsIn.get(field);
      if (part === undefined || finer === 'several') continue;
      if (part !== unitsIn.get(finer.of)) contradictory.push(one.id);
      unitsIn.delete(field);
    }
    const limits = [...(one.population ?? [])].map(([field, values]) => note(finest({ field, values }, 0)));
    const fieldOf = (field: string, level = 0): string => {
      const finer = coarser.get(field);
      return finer === undefined || finer === 'several' || level > MOST_LEVELS ? field : fieldOf(finer.of, level + 1);
    };
    return {
      ...one,
      unitsIn,
      population: one.population === undefined || limits.includes(undefined) ? undefined : meet(limits as readonly Limit[]),
      complete: new Map([...one.complete].map(([field, values]) => finest({ field, values }, 0)).filter((limit) => limit !== undefined).map(({ field, values }) => [field, values])),
      place: (field, label) => {
        const own = one.place(field, label);
        return own === undefined ? undefined : note(finest(own, 0));
      },
      isForeign: (field, label) => inner.get(field)?.has(label) === true && one.groups.get(field)?.has(label) !== true,
      keyFields: one.by.map((field) => fieldOf(field)),
    };
  });
  return { declared, unplaced, contradictory };
}

function known(fields: Map<string, Map<string, Values | 'several'>>, field: string): Map<string, Values | 'several'> {
  const labels = fields.get(field) ?? new Map<string, Values | 'several'>();
  fields.set(field, labels);
  return labels;
}

/** Remembers one meaning, and that there are several where another one comes. */
function once<T>(map: Map<string, T | 'several'>, name: string, value: T, same: (a: T, b: T) => boolean): void {
  const before = map.get(name);
  if (before === undefined) map.set(name, value);
  else if (before !== 'several' && !same(before as T, value)) map.set(name, 'several');
}

const sameSet = (a: Values, b: Values): boolean => a.size === b.size && [...a].every((value) => b.has(value));

const sameCoarser = (a: Coarser, b: Coarser): boolean => a.of === b.of && a.groups.size === b.groups.size && [...a.groups].every(([label, values]) => sameSet(values, b.groups.get(label) ?? new Set()));

const union = (sets: readonly (Values | undefined)[]): Values | undefined => (sets.includes(undefined) ? undefined : new Set(sets.flatMap((set) => [...set!])));

/** Limits on one field meet. */
function meet(limits: readonly Limit[]): ReadonlyMap<string, Values> {
  const fields = new Map<string, Values>();
  for (const { field, values } of limits) {
    const others = fields.get(field);
    fields.set(field, others === undefined ? values : new Set([...values].filter((value) => others.has(value))));
  }
  return fields;
}
