import { check, type Check } from './check.js';
import type { CellRule, RankedBy, StatedManifest } from './made.js';
import { hasOnly, isRecord } from './sameJson.js';

type Line = Readonly<Record<string, unknown>>;

/** What is known of the lines before they are read. */
export interface LineRules {
  readonly columns: Readonly<Record<string, CellRule>>;
  readonly declared: number | 'discover';
  readonly threshold: number | null;
  readonly ranked: RankedBy | null;
  readonly pooled: boolean;
}

/** A closed list of columns, each with what can stand in it; keys that differ; not more lines than there can be; ranks that follow from what is shown. */
export function checkLines(data: unknown, manifest: Pick<StatedManifest, 'by' | 'guard'>, { columns, declared, threshold, ranked, pooled }: LineRules): readonly Check[] {
  if (!Array.isArray(data) || !data.every(isRecord)) return [check('lines', false, 'the data is a list of lines')];
  const lines = data as readonly Line[];
  const names = ['key', ...Object.keys(columns)];
  const suppressed = manifest.guard.onIdentifier === 'suppress';
  const enough = declared === 'discover' || (ranked !== null || suppressed ? lines.length <= declared : lines.length === declared);
  return [
    check('columns', lines.every((line) => hasOnly(line, names)), names.join(', ')),
    check('keys of lines', pooled ? lines.every(({ key }) => key === null) : keysFit(lines, manifest.by.length), manifest.by.length === 1 ? 'single values' : `tuples of ${manifest.by.length}`),
    check('different keys', differ(lines, manifest.guard.onIdentifier === 'label'), 'no key twice'),
    ...Object.entries(columns).map(([name, rule]) => check(`column ${name}`, lines.every((line) => rule(line[name], line)), 'what the mechanism gives')),
    ...(threshold === null ? [] : [check('published counts', lines.every((line) => !('count' in columns) || (line['count'] as number) >= threshold), `all at or above ${threshold}`)]),
    check('number of lines', enough, `${lines.length} of ${String(declared)}`),
    ...(ranked === null ? [] : [check('ranks', ranksFit(lines, ranked, declared === 'discover' ? lines.length : declared), `by the rule ${ranked.ties}`)]),
  ];
}

const isPart = (part: unknown): boolean => part === null || typeof part === 'string' || typeof part === 'boolean' || Number.isSafeInteger(part);

/** Single values, or tuples of the length of `by`; for one field of `by` either, and the same in all lines. */
function keysFit(lines: readonly Line[], fields: number): boolean {
  const tuple = ({ key }: Line): boolean => Array.isArray(key) && key.length === fields && key.every(isPart);
  return lines.every(tuple) || (fields === 1 && lines.every(({ key }) => isPart(key)));
}

const LABEL = /\[(?:mail-address|device-address|telephone-number|mobile-or-ip-phone)\]/;

// Two identifiers have one label; which of them a line was stays hidden.
function differ(lines: readonly Line[], labelled: boolean): boolean {
  const ids = lines.map(({ key }) => JSON.stringify(key)).filter((id) => !(labelled && LABEL.test(id)));
  return new Set(ids).size === ids.length;
}

/** Ranks are what the tie rule gives for the values that are shown, or could give where none are; without a rank only at the end. */
function ranksFit(lines: readonly Line[], { ties, order, by, top }: RankedBy, last: number): boolean {
  const ranked = lines.filter(({ rank }) => rank !== null);
  if (!ranked.every(({ rank }) => typeof rank === 'number' && rank >= 1 && (top === null || rank <= top))) return false;
  if (!lines.every(({ rank, interval }, at) => (rank === null) === (interval === null) && (rank !== null || at >= ranked.length))) return false;
  let classes = 0;
  for (let from = 0; from < ranked.length; classes++) {
    let to = from + 1;
    while (to < ranked.length && ranked[to]!['rank'] === ranked[from]!['rank']) to++;
    const first: number = { competition: from + 1, modified: to, dense: classes + 1, ordinal: from + 1, fractional: (from + 1 + to) / 2 }[ties] ?? NaN;
    if (ranked[from]!['rank'] !== first || (ties === 'ordinal' && to > from + 1)) return false;
    if (by !== null && !valuesFit(ranked, from, to, by, order, ties)) return false;
    from = to;
  }
  return ranked.every(({ rank, interval }) => intervalFits(rank as number, interval, ties, last));
}

/** Lines of one rank have one value, and it is worse than that of the lines before. */
function valuesFit(lines: readonly Line[], from: number, to: number, by: string, order: string, ties: string): boolean {
  const value = (at: number): number => (order === 'ascending' ? -1 : 1) * (lines[at]![by] as number);
  for (let at = from + 1; at < to; at++) if (value(at) !== value(from)) return false;
  return from === 0 || value(from) < value(from - 1) || (ties === 'ordinal' && value(from) === value(from - 1));
}

function intervalFits(rank: number, interval: unknown, ties: string, last: number): boolean {
  if (!Array.isArray(interval) || interval.length !== 2 || !interval.every(Number.isSafeInteger)) return false;
  const [low, high] = interval as [number, number];
  // The dense rule counts values and an interval places: the rank may come before it.
  return low >= 1 && low <= high && high <= last && rank <= high && (ties === 'dense' || low <= rank);
}
