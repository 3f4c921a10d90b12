import type { Key } from '../../../core/statement.js';
import { valueId, type Values } from './regions.js';

/** A release as far as comparing needs it: data and manifest, made here or read from a file. */
export interface PublishedLike {
  readonly data: unknown;
  readonly manifest: object;
}

/** What the manifest of a release declares, checked, or why it cannot be used. */
export interface Declared {
  readonly id: string;
  readonly unit: string;
  readonly by: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Whom the release is about; undefined where nobody said. */
  readonly population: ReadonlyMap<string, Values> | undefined;
  readonly unitsIn: ReadonlyMap<string, 'one-part' | 'several'>;
  readonly unitsInTime: 'one-part' | 'several';
  readonly guarantee: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** How keys came to be there: by a list (`public`), by the rule (`threshold`), or otherwise. */
  readonly keys: string;
  /** Set where a ranking keeps the first so many. */
  readonly top: boolean;
  /** Names of the published columns of numbers. */
  readonly measures: readonly string[];
  /** For fields with sub-totals: what a label stands for. A label that is not named stands for itself. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Values>>;
  /** Fields with all values that there are: a total over them stands for the whole population. */
  readonly complete: ReadonlyMap<string, Values>;
  /** Fields that are coarser versions of others, by declaration. */
  readonly coarser: ReadonlyMap<string, Coarser>;
  /** Where a label of a field of keys belongs: to which values of which field. Undefined where nobody knows. */
  readonly place: (field: string, label: string) => Limit | undefined;
  /** Whether a label is a group of another release's table that this one does not know: no line of it is missing here. */
  readonly isForeign: (field: string, label: string) => boolean;
  /** The fields that keys limit. */
  readonly keyFields: readonly string[];
}

/** A field whose labels stand for values of a finer one. */
export interface Coarser {
  readonly of: string;
  readonly groups: ReadonlyMap<string, Values>;
}

export interface Limit {
  readonly field: string;
  readonly values: Values;
}

const DAY = 86_400_000;

/** Reads a release that may come from a file and hold anything. Undefined where it is none. */
export function readDeclared(published: unknown): Declared | undefined {
  const m = record(record(published)?.['manifest']);
  const period = record(m?.['period']);
  if (m === undefined || period === undefined) return undefined;
  const { id, unit, by } = m;
  const from = day(period['from']);
  const to = day(period['to']);
  const kind = record(m['guarantee'])?.['kind'];
  if (typeof id !== 'string' || typeof unit !== 'string' || typeof kind !== 'string' || from === undefined || to === undefined || from > to) return undefined;
  if (!Array.isArray(by) || !by.every((field) => typeof field === 'string')) return undefined;
  const population = record(m['population']);
  const where = population === undefined ? undefined : readWhere(population);
  const parameters = record(m['parameters']) ?? {};
  const ranked = Array.isArray(m['steps']) ? (m['steps'] as readonly unknown[]).map(record).find((step) => step?.['stage'] === 'toRanking') : undefined;
  const table = readTable(record(parameters['table']), by as readonly string[], record(published)?.['data'], typeof ranked?.['top'] === 'number');
  const coarser = readCoarser(population);
  if (table === undefined || coarser === undefined) return undefined;
  return {
    id,
    unit,
    by: by as readonly string[],
    from,
    to,
    timeZone: String(period['timeZone']),
    population: where,
    unitsIn: new Map([...table.unitsIn, ...(Object.entries(record(population?.['unitsIn']) ?? {}).filter(([, part]) => part === 'one-part' || part === 'several') as [string, 'one-part' | 'several'][])]),
    unitsInTime: population?.['unitsInTime'] === 'one-part' ? 'one-part' : 'several',
    guarantee: kind,
    parameters,
    keys: String(record(m['keys'])?.['origin']),
    top: typeof ranked?.['top'] === 'number',
    measures: (Array.isArray(m['measures']) ? (m['measures'] as readonly unknown[]) : []).map((measure) => String(record(measure)?.['name'])),
    groups: table.groups,
    complete: new Map([...table.totals].filter(([field]) => where?.has(field) === false)),
    coarser,
    place: (field, label) => ({ field, values: table.groups.get(field)?.get(label) ?? new Set([label]) }),
    isForeign: () => false,
    keyFields: by as readonly string[],
  };
}

/** Each field of `where` needs its entry in `unitsIn`: without it nobody knows whether parts add up. */
function readWhere(population: Readonly<Record<string, unknown>>): ReadonlyMap<string, Values> | undefined {
  if (population['all'] === true) return new Map();
  const where = record(population['where']);
  const unitsIn = record(population['unitsIn']) ?? {};
  if (where === undefined) return undefined;
  const fields = new Map<string, Values>();
  for (const [field, value] of Object.entries(where)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || !values.every(isKey) || !['one-part', 'several'].includes(String(unitsIn[field]))) return undefined;
    fields.set(field, new Set(values.map(valueId)));
  }
  return fields;
}

/** Undefined where it is no such statement: then nobody knows what it was meant to relate. */
function readCoarser(population: Readonly<Record<string, unknown>> | undefined): ReadonlyMap<string, Coarser> | undefined {
  const fields = new Map<string, Coarser>();
  if (population?.['coarser'] === undefined) return fields;
  const unitsIn = record(population['unitsIn']) ?? {};
  for (const [field, entry] of Object.entries(record(population['coarser']) ?? { '': undefined })) {
    const { of, groups: stated } = record(entry) ?? {};
    const labels = Object.entries(record(stated) ?? {});
    if (typeof of !== 'string' || of === field || !Object.hasOwn(unitsIn, of) || labels.length === 0) return undefined;
    const groups = new Map<string, Values>();
    for (const [label, values] of labels) {
      if (!Array.isArray(values) || values.length === 0 || !values.every(isKey)) return undefined;
      // Names of members are text; the label itself may be a number.
      for (const id of new Set([valueId(label), String(Number(label)) === label ? label : valueId(label)])) groups.set(id, new Set(values.map(valueId)));
    }
    fields.set(field, { of, groups });
  }
  return fields;
}

interface Table {
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Values>>;
  readonly unitsIn: ReadonlyMap<string, 'one-part' | 'several'>;
  /** Fields with one total over all groups, and its parts. */
  readonly totals: ReadonlyMap<string, Values>;
}

/**
 * The totals of a table (`kTable`, `kSum`): the manifest says of each field its groups and which is above which, parents first.
 * In a field that is not declared overlapping a unit is in one group. Undefined where lines and groups do not fit, since then nobody
 * knows what a label stands for; a ranking that is cut off has some of the lines, in any order.
 */
function readTable(table: Readonly<Record<string, unknown>> | undefined, by: readonly string[], data: unknown, cut: boolean): Table | undefined {
  const groups = new Map<string, ReadonlyMap<string, Values>>();
  const unitsIn = new Map<string, 'one-part' | 'several'>();
  const totals = new Map<string, Values>();
  if (table === undefined) return { groups, unitsIn, totals };
  let cells = 1;
  for (const name of by) {
    const field = record(table[name]);
    const above = field?.['above'];
    const labels = field?.['labels'];
    if (!Array.isArray(above) || !Array.isArray(labels) || labels.length !== above.length || labels.length === 0 || !labels.every(isKey)) return undefined;
    const leaves = new Set(labels.map(valueId)).size === labels.length ? leavesOf(above as readonly unknown[], labels) : undefined;
    if (leaves === undefined) return undefined;
    groups.set(name, leaves);
    unitsIn.set(name, field?.['overlapping'] === true ? 'several' : 'one-part');
    if (above.indexOf(-1) === above.lastIndexOf(-1)) totals.set(name, leaves.get(valueId(labels[0]!))!);
    cells *= labels.length;
  }
  const lines: readonly unknown[] = Array.isArray(data) ? data : [];
  const fits = (line: unknown): boolean => {
    const key = record(line)?.['key'];
    const parts: readonly unknown[] = Array.isArray(key) ? (key as readonly unknown[]) : [key];
    return parts.length === by.length && parts.every((part, d) => isKey(part) && groups.get(by[d]!)!.has(valueId(part)));
  };
  return (cut ? lines.length <= cells : lines.length === cells) && lines.every(fits) ? { groups, unitsIn, totals } : undefined;
}

/** For each group with parts the labels of the leaves below it. Groups come before their parts. */
function leavesOf(above: readonly unknown[], labels: readonly Key[]): ReadonlyMap<string, Values> | undefined {
  const leaves = labels.map(() => new Set<string>());
  for (let node = labels.length - 1; node >= 0; node--) {
    if (leaves[node]!.size === 0) leaves[node]!.add(valueId(labels[node]!));
    const parent = above[node];
    if (typeof parent !== 'number' || !Number.isInteger(parent) || parent >= node) return undefined;
    if (parent >= 0) for (const leaf of leaves[node]!) leaves[parent]!.add(leaf);
  }
  return new Map(labels.map((label, node) => [valueId(label), leaves[node]!]));
}

export const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;

export const isKey = (value: unknown): value is Key =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

function day(text: unknown): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : time / DAY;
}
