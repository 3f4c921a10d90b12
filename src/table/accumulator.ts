import { TokumeiError } from '../core/errors.js';
import type { Personal } from '../core/holders/personal.js';
import type { Step } from '../core/statement.js';
import { canonicalJson } from '../hash/canonicalJson.js';
import { unwrap, type PersonalTable } from './table.js';

/**
 * A sum that can be taken in parts: `finish(merge(add(init(), a), add(init(), b)))` equals one run over both.
 *
 * Merging is associative and commutative. It is right only when no unit is in two parts, so every part has to come
 * through a door with `shard: 'name'`, by which the caller declares that; a shard merges once.
 */
export interface Accumulator<Row, Unit extends string, State, Result> {
  init(): State;
  add(state: State, records: Personal<Row, Unit>): State;
  merge(a: State, b: State): State;
  /** Uses up the slice: a second call throws. */
  finish(state: State): Result;
}

/** The state of a count. Personal data: it shows nothing and is read by `finish` alone. */
export interface PersonalState {
  readonly '~state'?: never;
}

interface Held<T> {
  readonly owner: object;
  readonly value: T | undefined;
  readonly shards: ReadonlySet<string | undefined>;
  readonly steps: readonly Step[];
  readonly dropped: PersonalTable['dropped'];
}

// Outside the objects that stand for states, so that no copy, spread or JSON of a state shows anything.
const held = new WeakMap<object, Held<unknown>>();

/** What `finish` reads. */
export interface Accumulated<T> {
  readonly value: T | undefined;
  readonly steps: readonly Step[];
  readonly dropped: PersonalTable['dropped'];
}

/** Builds an accumulator out of a function of one table and a sum of two results. */
export function accumulate<Row, U extends string, T, Result>(
  where: string,
  run: (table: PersonalTable) => T,
  plus: (a: T, b: T) => T,
  finish: (accumulated: Accumulated<T>) => Result,
): Accumulator<Row, U, PersonalState, Result> {
  const owner = {};
  const make = (state: Held<T>): PersonalState => {
    const handle = Object.freeze({ toJSON: () => '[PersonalState: withheld]' });
    held.set(handle, state);
    return handle as PersonalState;
  };
  const read = (state: PersonalState): Held<T> => {
    const found = typeof state === 'object' && state !== null ? held.get(state) : undefined;
    if (found === undefined || found.owner !== owner) {
      throw new TokumeiError('TOKUMEI_STATE', { where, parameter: 'state', expected: "a state of this same accumulator's init, add or merge" });
    }
    return found as Held<T>;
  };
  const join = (a: Held<T>, b: Held<T>): PersonalState => {
    if (a.value === undefined) return make(b);
    if (b.value === undefined) return make(a);
    refuseOverlap(where, a.shards, b.shards);
    if (canonicalJson(a.steps) !== canonicalJson(b.steps)) {
      throw new TokumeiError('TOKUMEI_PARTS_DIFFER', { where, message: 'parts went through different doors or stages; one manifest cannot describe them' });
    }
    return make({
      owner,
      value: plus(a.value, b.value),
      shards: new Set([...a.shards, ...b.shards]),
      steps: a.steps,
      dropped: { missingUnit: a.dropped.missingUnit + b.dropped.missingUnit, optedOut: a.dropped.optedOut + b.dropped.optedOut },
    });
  };
  return Object.freeze({
    init: () => make({ owner, value: undefined, shards: new Set(), steps: [], dropped: { missingUnit: 0, optedOut: 0 } }),
    add: (state: PersonalState, records: Personal<Row, U>) => {
      const before = read(state);
      const table = unwrap(records, where);
      if (before.value !== undefined) refuseOverlap(where, before.shards, new Set([table.shard]));
      return join(before, { owner, value: run(table), shards: new Set([table.shard]), steps: table.steps, dropped: table.dropped });
    },
    merge: (a: PersonalState, b: PersonalState) => join(read(a), read(b)),
    finish: (state: PersonalState) => {
      const { value, steps, dropped } = read(state);
      return finish({ value, steps, dropped });
    },
  });
}

function refuseOverlap(where: string, a: ReadonlySet<string | undefined>, b: ReadonlySet<string | undefined>): void {
  if (a.has(undefined) || b.has(undefined)) {
    throw new TokumeiError('TOKUMEI_SHARD', {
      where,
      message: "parts can be joined only when each came through a door with shard: 'name', which declares that its units are in no other part",
    });
  }
  for (const shard of b) {
    if (a.has(shard)) throw new TokumeiError('TOKUMEI_SHARD_TWICE', { where, parameter: 'shard', expected: 'joined once', received: shard });
  }
}
