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
  /** For fields with sub-totals: what a label stands for. A label that is not named stands for itself. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Values>>;
}

const DAY = 86_400_000;

/** Reads a manifest that may come from a file and hold anything. Undefined where it is none. */
export function readDeclared(manifest: unknown): Declared | undefined {
  const m = record(manifest);
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
  return {
    id,
    unit,
    by: by as readonly string[],
    from,
    to,
    timeZone: String(period['timeZone']),
    population: where,
    unitsIn: new Map(Object.entries(record(population?.['unitsIn']) ?? {}).filter(([, part]) => part === 'one-part' || part === 'several') as [string, 'one-part' | 'several'][]),
    unitsInTime: population?.['unitsInTime'] === 'one-part' ? 'one-part' : 'several',
    guarantee: kind,
    parameters: record(m['parameters']) ?? {},
    keys: String(record(m['keys'])?.['origin']),
    top: Array.isArray(m['steps']) && m['steps'].some((step) => record(step)?.['stage'] === 'toRanking' && typeof record(step)?.['top'] === 'number'),
    groups: readGroups(record(record(m['parameters'])?.['groups']) ?? {}),
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

function readGroups(groups: Readonly<Record<string, unknown>>): Map<string, Map<string, Values>> {
  const fields = new Map<string, Map<string, Values>>();
  for (const [field, labels] of Object.entries(groups)) {
    if (!Array.isArray(labels)) continue;
    const known = new Map<string, Values>();
    for (const group of labels) {
      const { label, leaves } = record(group) ?? {};
      if (isKey(label) && Array.isArray(leaves) && leaves.every(isKey)) known.set(valueId(label), new Set(leaves.map(valueId)));
    }
    fields.set(field, known);
  }
  return fields;
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
