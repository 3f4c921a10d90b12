import { checkInteger } from '../../../core/checks.js';
import { BY_TABLES } from '../../../kanon/tables/stages/notCovered.js';
import { TIE_RULES } from '../../../rank/order/rankTies.js';
import { checkLines } from '../../../rank/verify/lines.js';
import type { CellRule, RankedBy } from '../../../rank/verify/made.js';
import { hasOnly, sameJson } from '../../../rank/verify/sameJson.js';
import type { Manifest } from '../../release/manifest.js';
import { check, type Check } from '../check.js';
import { besideRule } from '../beside.js';
import { linesOf } from '../threshold.js';
import { wordChecks } from '../words.js';
import { readGrid, type Grid } from './grid.js';
import { readValues } from './reader.js';
import { wholeRange } from './wholeRange.js';

/** The two kinds of table under rules. */
const COUNTS: Kind = { stages: ['kTable', 'kTables', 'suppressTable'], measure: 'count' };
const SUMS: Kind = { stages: ['kSum'], measure: 'sum' };

interface Kind {
  /** The stages that make such a table. */
  readonly stages: readonly string[];
  readonly measure: 'count' | 'sum';
}

/** Holds a table of counts (`kTable`) against its statement. */
export function verifyCountTable(manifest: Manifest, data: unknown): readonly Check[] {
  const { k, zeros, protect } = manifest.parameters;
  const least = checkInteger(k, 'verifyManifest', 'k', 'TOKUMEI_K_RANGE', zeros === 'published' ? 3 : 2);
  const rules = [`at least ${least} distinct ${manifest.unit}s`, 'withheld counts stay uncertain against all published totals', ...besideRule(manifest)];
  const shown = (count: number): boolean => count >= least || (count === 0 && zeros === 'published');
  const promised = protect === 'range' || (Number.isSafeInteger(protect) && (protect as number) >= 1 && (protect as number) < least);
  return [
    check('rules', sameJson(manifest.guarantee, { kind: 'table-control', unit: manifest.unit, rules }) && promised, `${least} people, and an interval for what is withheld`),
    ...verifyTable(manifest, data, COUNTS, 1, shown, `all at least ${least}${zeros === 'published' ? ' or 0' : ''}`, zeros === 'published', protect === 'range' ? least : undefined),
  ];
}

/** Holds a table of sums (`kSum`) against its statement. How many contribute to a sum, and how much the largest, it does not say. */
export function verifySumTable(manifest: Manifest, data: unknown): readonly Check[] {
  const { k, zeros } = manifest.parameters;
  const least = checkInteger(k, 'verifyManifest', 'k', 'TOKUMEI_K_RANGE', 2);
  const { guarantee, measures } = manifest;
  const step = measures[0]?.step ?? NaN;
  const first = `at least ${least} contributing ${manifest.unit}s`;
  const ruled = guarantee.kind === 'table-control' && guarantee.unit === manifest.unit && guarantee.rules[0] === first && guarantee.rules.at(-1) === 'withheld sums stay uncertain against all published totals';
  return [
    check('rules', ruled && measures.length === 1 && step > 0, `${least} contributors, and an interval for what is withheld`),
    ...verifyTable(manifest, data, SUMS, step, () => true, 'on the grid and not negative', zeros === 'published'),
  ];
}

function verifyTable(manifest: Manifest, data: unknown, { stages, measure }: Kind, step: number, shown: (value: number) => boolean, detail: string, zeros: boolean, k?: number): readonly Check[] {
  const { parameters, keys, by, steps, guard } = manifest;
  const lines = linesOf(data) as readonly Readonly<Record<string, unknown>>[] | undefined;
  if (lines === undefined) return [check('lines', false, 'the data is a list of lines')];
  const inSteps = (value: unknown): number => Math.round((value as number) / step);
  const isValue = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(inSteps(value)) && value >= 0 && inSteps(value) * step === value && shown(value);
  const cell: CellRule = (value, { state }) => (state === 'suppressed' ? value === null : isValue(value));
  const shape = shapeOf(steps, stages, measure, cell);
  const own = steps.find((one) => stages.includes(one.stage));
  const declared = keys.origin === 'public' ? keys.declared : NaN;
  const form = [
    check('step of the mechanism', own !== undefined && Object.entries(parameters).every(([name, value]) => sameJson(own[name], value)) && sameJson(own['by'], by), 'the stated parameters'),
    ...wordChecks(manifest, { [measure]: 'exact' }, BY_TABLES),
    check('steps after', shape !== undefined, 'stages for tables of this kind'),
    ...(shape === undefined ? [] : checkLines(data, { by, guard }, { ...shape, declared, threshold: null, pooled: false })),
    check('published figures', lines.every((line) => !(measure in line) || cell(line[measure], line)), detail),
  ];
  const grid = readGrid(parameters['table'], by, lines);
  if (grid === undefined || grid.cells !== declared) return [...form, check('groups', false, 'a line for each choice of the stated groups')];
  return [...form, check('groups', true, `${grid.cells} cells`), ...readerChecks(grid, measure, inSteps, zeros, own?.stage === 'kTables' ? undefined : k)];
}

/**
 * What the verifier's own reader finds: nothing that does not add up, and nothing withheld that follows. Where zeros are published a
 * reader may find out that a cell is empty: some are withheld only to hide others. `k` where the whole range below it is promised and all
 * totals of a cell are in the table: in one of several linked tables they need not be.
 */
function readerChecks(grid: Grid, measure: string, inSteps: (value: unknown) => number, zeros: boolean, k: number | undefined): readonly Check[] {
  // A ranking that is cut off, or shows places alone, leaves cells without a figure that are not withheld.
  const value = grid.lines.map((line) => (typeof line?.[measure] === 'number' ? inSteps(line[measure]) : undefined));
  const all = grid.lines.every((line) => line !== undefined && measure in line);
  const reading = readValues(grid, value);
  const { low, high, possible, exact } = reading;
  const adds = check('totals', possible, 'published figures add up, and whole figures fit where some are withheld');
  if (!possible || !all) return [adds];
  const withheld = [...value.keys()].filter((cell) => value[cell] === undefined);
  const known = withheld.filter((cell) => low[cell] === high[cell] && !(zeros && high[cell] === 0));
  const figures = [adds, check('withheld figures', known.length === 0, `${known.length} of ${withheld.length} follow from what is published; ${exact} with exact ends`)];
  if (k === undefined || exact === 0) return figures;
  const owed = wholeRange(grid, withheld, reading, k, zeros);
  const narrow = owed.filter((cell) => high[cell]! < k - 1);
  return [...figures, check('intervals', narrow.length === 0, `${narrow.length} of ${owed.length} withheld counts that are not parts of small totals cannot be ${k - 1}`)];
}

interface Shape {
  readonly columns: Readonly<Record<string, CellRule>>;
  readonly ranked: RankedBy | null;
}

const isState: CellRule = (state) => state === 'value' || state === 'suppressed';
const isRanked: CellRule = (state, { rank }) => (rank === null ? state === 'suppressed' : state === 'value' || state === 'tied');

/** Columns and ranks after the stages that can follow a table. Undefined where another one does. */
function shapeOf(steps: Manifest['steps'], stages: readonly string[], measure: string, cell: CellRule): Shape | undefined {
  let columns: Shape['columns'] = { state: isState, [measure]: cell };
  let ranked: RankedBy | null = null;
  for (const step of steps.slice(steps.findLastIndex((one) => stages.includes(one.stage)) + 1)) {
    const { ties, order, top } = step;
    if (step.stage === 'protectBeside' && ranked === null && measure === 'count') continue;
    if (step.stage === 'toRanking' && ranked === null && hasOnly(step, ['stage', 'measure', 'ties', 'order', 'top']) && step['measure'] === measure && TIE_RULES.includes(ties as never) && (top === null || Number.isSafeInteger(top))) {
      columns = { ...columns, rank: () => true, interval: () => true, state: isRanked };
      ranked = { ties: ties as string, order: order as string, by: measure, top: top as number | null };
    } else if (step.stage === 'withShares' && measure === 'count' && step['of'] === 'published-items' && !('share' in columns)) {
      columns = { ...columns, share: (share, line) => (share === null) === (line[measure] === null || share === null) && (share === null || typeof share === 'number') };
    } else return undefined;
  }
  return { columns, ranked };
}

