import { checkInteger, checkOptions } from '../../core/checks.js';
import type { Json, Key } from '../../core/statement.js';
import type { Content } from '../../table/columns/coded.js';
import { keyId } from '../../table/publicKeys.js';
import type { Movement, MovementList, MovementRow } from '../movement/types.js';
import { BLUE, checkText, CONFIG, GREY, INK, LIGHT, ORANGE, titled, type ChartSpec } from './style.js';
import { keyText } from './text.js';

export interface BumpChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** How many places are drawn; default: as many as any list has. */
  readonly places?: number;
  /** Of the whole chart in pixels; default 340, which fits a telephone. */
  readonly width?: number;
}

/** A row on one list. */
type Point = { readonly [name: string]: Json } & { readonly period: string; readonly place: number };

interface Placed<K> {
  readonly row: MovementRow<K>;
  readonly place: number;
}

const KINDS = ['up', 'down', 'same or noise'] as const;
const COLOURS = [BLUE, ORANGE, LIGHT];

/**
 * A bump chart: each row's place from list to list, blue where it rose, orange where it fell, grey where noise alone does as much.
 *
 * Use it on the result of `movements`. A line breaks at a list that is missing and where a row is not on the list. The
 * result is a Vega-Lite 6 specification without functions; every point says its row in words for screen readers.
 * Names stand beside the last list. Rows of equal rank stand below each other, in the order of the list.
 *
 * @throws {TokumeiError} `TOKUMEI_CHART`
 * @example
 * const lists = [{ period: 'w1', rows: [{ key: 'maps', rank: 1 }] }, { period: 'w2', rows: null }];
 * bumpChart(movements(lists), { title: 'Apps by users, week by week' })['width']; // => 340
 */
export function bumpChart<K extends Key | readonly Key[]>(lists: readonly MovementList<K>[], options: BumpChartOptions): ChartSpec {
  const where = 'bumpChart';
  const o = checkOptions(options, where);
  const title = checkText(o.title, where, 'title');
  const width = checkInteger(o.width ?? 340, where, 'width', 'TOKUMEI_CHART', 200, 4000);
  const deepest = lists.reduce((most, { rows }) => Math.max(most, (rows ?? []).filter(({ rank }) => rank !== null).length), 1);
  const places = checkInteger(o.places ?? deepest, where, 'places', 'TOKUMEI_CHART', 1);
  const periods = lists.map(({ period }) => keyText(period));
  const drawn = lists.map(({ rows }) => (rows === null ? null : placed(rows, places)));
  const points = lists.flatMap(({ period }, at) => [...(drawn[at] ?? new Map<string, Placed<K>>()).values()].map(({ row, place }) => pointOf(period, row, place)));
  const last = lists.findLast(({ rows }) => rows !== null)?.period;
  const names = Math.floor(width * 0.38);
  // Dots of neighbouring periods do not touch: 30 weeks on a telephone leave each some six pixels.
  const dotSize = Math.round(Math.min(36, Math.max(6, ((0.45 * width) / Math.max(1, periods.length)) ** 2)));
  const x = { field: 'period', type: 'ordinal', scale: { domain: periods }, title: null, axis: { labelAngle: periods.length > 6 ? -90 : 0, labelOverlap: true, labelLimit: 80, ticks: false, domain: false } };
  const y = { field: 'place', type: 'quantitative', title: 'place', scale: { domain: [0.5, places + 0.5], reverse: true, nice: false, zero: false }, axis: { tickMinStep: 1, format: 'd', grid: false, ticks: false, domain: false, values: ticks(places) } };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `${title}. Places on ${lists.filter(({ rows }) => rows !== null).length} lists of ${lists.length} periods; ${points.length} points. Grey: not told from noise. Lines break where a list is missing.`,
    title: titled(title, o.subtitle, width),
    width,
    autosize: { type: 'fit-x', contains: 'padding' },
    height: 24 * places,
    padding: 8,
    encoding: { x, y },
    layer: [
      {
        data: { values: linksOf(periods, drawn) },
        mark: { type: 'rule', strokeWidth: 2.5, strokeCap: 'round', aria: false },
        encoding: { x2: { field: 'next' }, y2: { field: 'nextPlace' }, color: { field: 'kind', type: 'nominal', title: null, scale: { domain: [...KINDS], range: COLOURS }, legend: { orient: 'top', direction: 'horizontal', labelLimit: 0, symbolType: 'stroke', symbolStrokeWidth: 3 } } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: dotSize, opacity: 1 },
        encoding: { color: { field: 'dot', type: 'nominal', scale: null }, description: { field: 'words', type: 'nominal' }, tooltip: { field: 'words', type: 'nominal' } },
      },
      {
        data: { values: points.filter(({ period }) => period === last).map((point) => ({ ...point })) },
        mark: { type: 'text', align: 'left', dx: 8, color: INK, fontSize: 12, limit: names, aria: false },
        encoding: { text: { field: 'name', type: 'nominal' } },
      },
    ],
    config: CONFIG,
  };
}

const kindOf = (movement: Movement): (typeof KINDS)[number] => (movement === 'up' || movement === 'down' ? movement : 'same or noise');

/** The rows that are drawn, by key, each with its place. */
function placed<K extends Key | readonly Key[]>(rows: readonly MovementRow<K>[], places: number): Map<string, Placed<K>> {
  const ranked = rows.filter(({ rank }) => rank !== null).slice(0, places);
  return new Map(ranked.map((row, i) => [keyId(row.key as Content), { row, place: i + 1 }]));
}

function pointOf<K>(period: string, row: MovementRow<K>, place: number): Point {
  const name = keyText(row.key);
  const colour = row.movement === 'new' || row.movement === 're-entry' ? INK : row.movement === 'up' ? BLUE : row.movement === 'down' ? ORANGE : GREY;
  return { period: keyText(period), place, name, dot: colour, words: `${keyText(period)}: ${name}, rank ${row.rank}, ${row.movement === 'not-significant' ? 'change not told from noise' : row.movement}` };
}

/** One line from each row of a list to the same row of the next period's list, where both are drawn. */
function linksOf<K>(periods: readonly string[], drawn: readonly (ReadonlyMap<string, Placed<K>> | null)[]): Json[] {
  return drawn.flatMap((rows, at) => {
    const before = at === 0 ? null : drawn[at - 1]!;
    if (rows === null || before === null) return [];
    return [...rows].flatMap(([id, { row, place }]): Json[] => {
      const then = before.get(id);
      return then === undefined ? [] : [{ period: periods[at - 1]!, place: then.place, next: periods[at]!, nextPlace: place, kind: kindOf(row.movement) }];
    });
  });
}

/** 1, 5, 10, 15, … */
const ticks = (places: number): number[] => [1, ...Array.from({ length: Math.floor(places / 5) }, (_, i) => 5 * (i + 1))];
