import { fieldsOf } from '../read/cells.js';
import { record, type Declared, type PublishedLike } from '../read/declared.js';
import type { AuditCell } from '../read/regions.js';

/** A table of exact sums, read: what is summed, on which grid, and its cells in steps of it. */
export interface Magnitudes {
  /** Position of the release in the list that is looked at. */
  readonly at: number;
  readonly declared: Declared;
  readonly value: string;
  readonly step: number;
  /** How far, as a share of itself, the rules keep a sum uncertain. */
  readonly within: number;
  readonly cells: readonly AuditCell[];
}

/** Whoever knows a sum to within a half knows it by any rule; rules on dominance would ask for more. */
const MOST_WITHIN = 0.5;

/** Reads a table of sums (`kSum`). Undefined where a release is none, `'unreadable'` where it says it is one and is not. */
export function readMagnitudes(published: PublishedLike, declared: Declared, at: number): Magnitudes | 'unreadable' | undefined {
  const { parameters, guarantee, measures } = declared;
  if (guarantee !== 'table-control' || !measures.includes('sum')) return undefined;
  const value = parameters['value'];
  const k = parameters['k'];
  const step = stepOf(published);
  if (typeof value !== 'string' || typeof k !== 'number' || step === undefined || !Array.isArray(published.data)) return 'unreadable';
  const cells: AuditCell[] = [];
  for (const entry of published.data as readonly unknown[]) {
    const line = record(entry);
    const fields = line === undefined ? undefined : fieldsOf(line['key'], declared);
    if (line === undefined || fields === undefined) continue;
    const key = line['key'] as AuditCell['key'];
    const place = { release: at, key, fields, from: declared.from, to: declared.to, k };
    const { sum } = line;
    if (typeof sum === 'number') {
      const steps = Math.round(sum / step);
      if (!Number.isSafeInteger(steps) || steps < 0 || Math.abs(sum / step - steps) > 1e-6 * Math.max(1, steps)) return 'unreadable';
      cells.push({ ...place, shown: true, lower: steps, upper: steps, ruleLower: 0, ruleUpper: Infinity });
    } else cells.push({ ...place, shown: false, lower: 0, upper: Infinity, ruleLower: 0, ruleUpper: Infinity });
  }
  return { at, declared, value, step, within: Math.min(MOST_WITHIN, withinOf(parameters)), cells };
}

function stepOf({ manifest }: PublishedLike): number | undefined {
  const measures = record(manifest)?.['measures'];
  const step = Array.isArray(measures) ? (measures as readonly unknown[]).map(record).find((measure) => measure?.['name'] === 'sum')?.['step'] : undefined;
  return typeof step === 'number' && step > 0 ? step : undefined;
}

/** The widest interval that a rule asks for. */
function withinOf(parameters: Declared['parameters']): number {
  const rules = Array.isArray(parameters['concentration']) ? (parameters['concentration'] as readonly unknown[]).map(record) : [];
  const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : Infinity);
  const shares = rules.map((rule) => {
    switch (rule?.['rule']) {
      case 'p-percent':
        return number(rule['p']) / 100;
      case 'pq':
        return number(rule['p']) / number(rule['q']);
      default:
        return 100 / Math.min(100, number(rule?.['percent'])) - 1;
    }
  });
  return [number(parameters['smallCellRange']), ...shares].reduce((most, share) => Math.max(most, Number.isNaN(share) ? Infinity : share), 0);
}
