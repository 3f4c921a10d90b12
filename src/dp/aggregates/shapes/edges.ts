import { checkInteger } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Options } from '../engine/kind.js';
import { checkBounds, checkGroupsPerUnit, checkRowsPerGroup, checkValue, type GroupBound } from '../engine/options.js';

/** A row is divided into this many steps where a unit's rows are mixed: 2^20. */
export const BIN_STEPS = 1048576;

/** Where values are told apart: edges that rise, or a range cut into bins of one width. */
export type EdgeOptions =
  | { readonly edges: readonly number[]; readonly lower?: never; readonly upper?: never; readonly bins?: never }
  | {
      readonly lower: number;
      readonly upper: number;
      /** How many bins of one width; 256 when left out. */
      readonly bins?: number;
      readonly edges?: never;
    };

export interface CheckedBins extends GroupBound {
  readonly value: string;
  readonly edges: readonly number[];
  readonly rowsPerGroup: number;
}

const MOST_BINS = 65_536;

/** @throws {TokumeiError} `TOKUMEI_EDGES`, `TOKUMEI_BOUNDS`, `TOKUMEI_BINS`, `TOKUMEI_VALUE`, `TOKUMEI_GROUPS_PER_UNIT`, `TOKUMEI_ROWS_PER_GROUP` */
export function checkBins(where: string, o: Options): CheckedBins {
  const value = checkValue(where, o['value']);
  const edges = o['edges'] === undefined ? evenEdges(where, o) : checkEdges(where, o['edges']);
  return { value, edges, groupsPerUnit: checkGroupsPerUnit(where, o['groupsPerUnit']), rowsPerGroup: checkRowsPerGroup(where, o['rowsPerGroup']) };
}

function checkEdges(where: string, edges: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(edges) ? edges : [];
  const rises = list.every((x, at) => typeof x === 'number' && Math.abs(x) <= 2 ** 900 && (at === 0 || x > (list[at - 1] as number)));
  if (list.length >= 2 && list.length <= MOST_BINS + 1 && rises) return Object.freeze(list.map((x) => (x as number) + 0));
  throw new TokumeiError('TOKUMEI_EDGES', { where, parameter: 'edges', expected: 'two or more numbers that rise, at most 65,537, each of magnitude at most 2^900', received: edges });
}

function evenEdges(where: string, o: Options): readonly number[] {
  const { lower, upper } = checkBounds(where, o['lower'], o['upper']);
  const bins = o['bins'] === undefined ? 256 : checkInteger(o['bins'], where, 'bins', 'TOKUMEI_BINS', 1, MOST_BINS);
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? upper : lower * (1 - i / bins) + upper * (i / bins)));
  if (edges.every((x, at) => at === 0 || x > edges[at - 1]!)) return Object.freeze(edges);
  throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'upper', expected: 'so far above lower that bins have a width', received: upper });
}
