import { checkInteger, checkOneOf, checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Json } from '../../core/statement.js';
import type { RankInterval } from '../intervals/target.js';
import type { RankState } from '../order/rankTies.js';
import { BLUE, checkText, CONFIG, GREY, INK, titled, type ChartSpec } from './style.js';
import { keyText } from './text.js';

/** What the chart reads of a row; rows of `toRanking` and `rankGroups` fit. */
export interface DotRow {
  readonly rank: number | null;
  readonly interval: RankInterval | null;
  readonly key: unknown;
  readonly count?: number | null;
  readonly state: RankState;
}

export interface RankedDotsOptions {
  /** What is ranked: `Apps by users, week 47`. */
  readonly title: string;
  /** A second line; the period, or how the figures are protected. */
  readonly subtitle?: string;
  /** What the numbers count: `users`. */
  readonly unit?: string;
  /** `places` (default): the rank and its interval. `counts`: the counts, and the interval beside the name. */
  readonly show?: 'places' | 'counts';
  /** Of the whole chart in pixels, labels included; default 340, which fits a telephone. */
  readonly width?: number;
  /** BCP 47 language tag for numbers, `en` by default. */
  readonly locale?: string;
}

/**
 * A chart of a ranking: a dot for each published row, a bar for the places that it can have, its count beside it.
 *
 * Use it on released rows. The result is a Vega-Lite 6 specification without functions, which any Vega-Lite renderer turns into
 * SVG; nothing here depends on one. Every mark says its row in words for screen readers. Rows without a rank are left out.
 * Texts are cleaned of control characters and marks of direction; escaping for HTML is the renderer's (vega's `toSVG` does it).
 *
 * @throws {TokumeiError} `TOKUMEI_CHART`
 * @example
 * rankedDots([{ rank: 1, interval: [1, 2], key: 'maps', count: 10835, state: 'value' }], { title: 'Apps', unit: 'users' }).mark === undefined; // => true
 */
export function rankedDots(rows: readonly DotRow[], options: RankedDotsOptions): ChartSpec {
  const o = checkOptions(options, 'rankedDots');
  const show = checkOneOf(o.show ?? 'places', 'rankedDots', 'show', 'TOKUMEI_CHART', ['places', 'counts']);
  const width = checkInteger(o.width ?? 340, 'rankedDots', 'width', 'TOKUMEI_CHART', 200, 4000);
  const title = checkText(o.title, 'rankedDots', 'title');
  const unit = o.unit === undefined ? 'count' : checkText(o.unit, 'rankedDots', 'unit');
  const number = numberFormat(o.locale ?? 'en');
  const labels = new Set<string>();
  const values = rows.filter(({ rank }) => rank !== null).map((row, at) => dot(row, at, unit, number, labels));
  const counted = values.some(({ count }) => count !== null);
  if (show === 'counts' && !counted) {
    throw new TokumeiError('TOKUMEI_CHART', { where: 'rankedDots', parameter: 'show', expected: "'places' where rows have no counts", received: 'counts' });
  }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: describe(title, values),
    title: titled(title, o.subtitle, width),
    data: { values },
    width,
    height: 24 * Math.max(1, values.length),
    autosize: { type: 'fit-x', contains: 'padding' },
    padding: 8,
    encoding: { y: { field: 'label', type: 'nominal', sort: { field: 'at' }, title: null, axis: { labelLimit: Math.floor(Math.min(width * 0.55, 260)), labelPadding: 6, ticks: false, domain: false, labelColor: INK } } },
    layer: show === 'places' ? places(values, counted) : counts(unit),
    config: CONFIG,
  };
}

type Dot = { readonly [name: string]: Json } & { readonly words: string; readonly count: number | null; readonly worst: number };

function dot(row: DotRow, at: number, unit: string, number: (value: number) => string, labels: Set<string>): Dot {
  const [best, worst] = row.interval ?? [row.rank!, row.rank!];
  const range = best === worst ? `${best}` : `${best}–${worst}`;
  const count = typeof row.count === 'number' ? row.count : null;
  const name = keyText(row.key);
  // Rows of one label would be drawn on one line: 1 and '1' at the same rank are two rows.
  let label = `${row.rank}. ${name}`;
  while (labels.has(label)) label += '\u200a';
  labels.add(label);
  return { at, label, name, rank: row.rank!, best, worst, range, count, shown: count === null ? range : number(count), words: `${name}: rank ${row.rank}, between ${best} and ${worst}${count === null ? '' : `, ${number(count)} ${unit}`}` };
}

function places(values: readonly Dot[], counted: boolean): Json {
  const last = values.reduce((most, { worst, at }) => Math.max(most, worst, (at as number) + 1), 1);
  const x = { type: 'quantitative', scale: { domain: [0.5, last + 0.5], nice: false, zero: false } };
  const spoken = { description: { field: 'words', type: 'nominal' }, tooltip: { field: 'words', type: 'nominal' } };
  return [
    { mark: { type: 'rule', color: BLUE, opacity: 0.35, strokeWidth: 7, strokeCap: 'round', aria: false }, encoding: { x: { field: 'best', ...x, title: 'place', axis: { tickMinStep: 1, tickCount: 6, format: 'd' } }, x2: { field: 'worst' } } },
    { mark: { type: 'point', filled: true, size: 70, color: BLUE, opacity: 1 }, encoding: { x: { field: 'rank', ...x }, ...spoken } },
    ...(counted ? [{ mark: { type: 'text', align: 'left', dx: 9, color: GREY, fontSize: 11, aria: false }, encoding: { x: { field: 'worst', ...x }, text: { field: 'shown', type: 'nominal' } } }] : []),
  ];
}

function counts(unit: string): Json {
  const spoken = { description: { field: 'words', type: 'nominal' }, tooltip: { field: 'words', type: 'nominal' } };
  const x = { field: 'count', type: 'quantitative' };
  return [
    { mark: { type: 'rule', color: BLUE, opacity: 0.25, strokeWidth: 2, aria: false }, encoding: { x: { ...x, title: unit, axis: { tickCount: 4, format: '~s' } }, x2: { datum: 0 } } },
    { mark: { type: 'point', filled: true, size: 70, color: BLUE, opacity: 1 }, encoding: { x, ...spoken } },
    { mark: { type: 'text', align: 'left', dx: 9, color: GREY, fontSize: 11, aria: false }, encoding: { x, text: { field: 'range', type: 'nominal' } } },
  ];
}

function describe(title: string, values: readonly Dot[]): string {
  const first = values[0];
  return `${title}. Dot plot of ${values.length} ranked rows with the places that each can have.${first === undefined ? '' : ` First: ${first.words}.`}`;
}

function numberFormat(locale: string): (value: number) => string {
  try {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    return (value) => format.format(value);
  } catch {
    throw new TokumeiError('TOKUMEI_CHART', { where: 'rankedDots', parameter: 'locale', expected: 'a BCP 47 language tag', received: locale });
  }
}
