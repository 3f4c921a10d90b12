import { TokumeiError } from '../../core/errors.js';
import { setField } from '../../core/setField.js';
import type { Place } from './place.js';

/** What is done with the values that can hold an identifier. */
export interface Leaves {
  readonly text: (text: string, place: Place) => unknown;
  readonly number: (value: number | bigint, place: Place) => unknown;
  /** The name under which a field of an object at `place` goes on. */
  readonly key: (key: string, place: Place) => string;
}

/** How far a record may go before it is refused. */
export interface RecordLimits {
  readonly maxDepth: number;
  readonly maxValues: number;
}

interface Walk {
  readonly leaves: Leaves;
  readonly limits: RecordLimits;
  readonly where: string;
  /** The objects that are open at the moment, from the outermost in. */
  readonly open: Set<object>;
  values: number;
}

/**
 * A copy of a value in which every text, number and key has been through `leaves`. Nothing of the value itself is
 * in the copy, and what cannot be read safely is refused:
 *
 * - plain objects give their own enumerable fields (not their prototype's); arrays, Map, Set and Date give themselves;
 * - a getter is refused rather than called, since the next call may give something else; so are symbols as keys,
 *   functions, symbols, instances of other classes, typed arrays and whatever throws when it is read;
 * - a cycle, and a record of more levels or values than the limits allow, is refused.
 */
export function walkRecord(value: unknown, place: Place, leaves: Leaves, limits: RecordLimits, where: string): unknown {
  const walk: Walk = { leaves, limits, where, open: new Set(), values: 0 };
  try {
    return visit(value, place, walk);
  } catch (error) {
    if (error instanceof TokumeiError) throw error;
    // A proxy or an overridden method threw: its message may quote the data.
    throw new TokumeiError('TOKUMEI_RECORD_READ', { where, message: 'a value threw while it was read; nothing is handed on' });
  }
}

function visit(value: unknown, place: Place, walk: Walk): unknown {
  if (++walk.values > walk.limits.maxValues) refuseLimit(walk, 'maxValues');
  switch (typeof value) {
    case 'string':
      return walk.leaves.text(value, place);
    case 'number':
    case 'bigint':
      return walk.leaves.number(value, place);
    case 'boolean':
    case 'undefined':
      return value;
    case 'object':
      return value === null ? null : enter(value, place, walk);
    default:
      return refuse(walk, `a ${typeof value}`);
  }
}

function enter(value: object, place: Place, walk: Walk): unknown {
  if (walk.open.has(value)) throw new TokumeiError('TOKUMEI_RECORD_CYCLE', { where: walk.where, message: 'a record holds itself' });
  if (walk.open.size >= walk.limits.maxDepth) refuseLimit(walk, 'maxDepth');
  walk.open.add(value);
  const copy = copyOf(value, place, walk);
  walk.open.delete(value);
  return copy;
}

function copyOf(value: object, place: Place, walk: Walk): unknown {
  if (Array.isArray(value)) return copyArray(value, place, walk);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Also the Object.prototype of another window: the only prototype that has none itself.
  if (prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null) return copyObject(value, place, walk);
  const time = attempt(() => Date.prototype.getTime.call(value));
  if (time !== undefined) return new Date(time);
  if (attempt(() => Map.prototype.has.call(value, undefined)) !== undefined) return copyMap(value as Map<unknown, unknown>, place, walk);
  if (attempt(() => Set.prototype.has.call(value, undefined)) !== undefined) return copySet(value as Set<unknown>, place, walk);
  return refuse(walk, 'an instance of a class (give a plain object)');
}

function copyArray(value: readonly unknown[], place: Place, walk: Walk): unknown[] {
  const { length } = value;
  if (length > walk.limits.maxValues - walk.values) refuseLimit(walk, 'maxValues');
  const item = place.item();
  const out = new Array<unknown>(length);
  for (let i = 0; i < length; i++) out[i] = visit(dataOf(value, String(i), walk), item, walk);
  return out;
}

function copyObject(value: object, place: Place, walk: Walk): object {
  const out: Record<string, unknown> = {};
  const names = new Names((name) => Object.hasOwn(out, name));
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor?.enumerable !== true) continue;
    if (typeof key === 'symbol') return refuse(walk, 'a field named by a symbol');
    if (!('value' in descriptor)) return refuse(walk, 'a getter');
    const child = place.at(key);
    if (child.rule?.action === 'drop') continue;
    const copy: unknown = child.rule?.action === 'keep' ? descriptor.value : visit(descriptor.value, child, walk);
    setField(out, names.free(walk.leaves.key(key, place)), copy);
  }
  return out;
}

function copyMap(value: Map<unknown, unknown>, place: Place, walk: Walk): Map<unknown, unknown> {
  const out = new Map<unknown, unknown>();
  const item = place.item();
  const names = new Names((name) => out.has(name));
  Map.prototype.forEach.call(value, (entry: unknown, key: unknown) => {
    const treated = typeof key === 'string' ? walk.leaves.key(key, place) : visit(key, item, walk);
    const name = typeof treated === 'string' ? names.free(treated) : treated;
    const child = typeof key === 'string' ? place.at(key) : item;
    if (child.rule?.action === 'drop') return;
    out.set(name, child.rule?.action === 'keep' ? entry : visit(entry, child, walk));
  });
  return out;
}

function copySet(value: Set<unknown>, place: Place, walk: Walk): Set<unknown> {
  const out = new Set<unknown>();
  const item = place.item();
  Set.prototype.forEach.call(value, (entry: unknown) => void out.add(visit(entry, item, walk)));
  return out;
}

/** The value of an own property, without calling a getter. A hole in an array is undefined. */
function dataOf(value: object, key: string, walk: Walk): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  if (descriptor !== undefined && !('value' in descriptor)) return refuse(walk, 'a getter');
  return descriptor?.value;
}

/** Two keys that became the same label stay two fields: the second is numbered `#2`. */
class Names {
  readonly #taken: (name: string) => boolean;
  readonly #last = new Map<string, number>();

  constructor(taken: (name: string) => boolean) {
    this.#taken = taken;
  }

  free(name: string): string {
    if (!this.#taken(name)) return name;
    let n = this.#last.get(name) ?? 1;
    do n++;
    while (this.#taken(`${name}#${n}`));
    this.#last.set(name, n);
    return `${name}#${n}`;
  }
}

/** undefined where the value has not the internal slot that a method of its class asks for. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function refuse(walk: Walk, what: string): never {
  throw new TokumeiError('TOKUMEI_RECORD_VALUE', { where: walk.where, message: `a record holds ${what}, which cannot be treated` });
}

function refuseLimit(walk: Walk, parameter: keyof RecordLimits): never {
  throw new TokumeiError('TOKUMEI_RECORD_LIMIT', { where: walk.where, parameter, expected: `enough for the record (${walk.limits[parameter]} is not)` });
}
