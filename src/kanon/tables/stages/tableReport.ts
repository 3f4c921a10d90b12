import { OperatorReport } from '../../../core/operatorReport.js';
import type { PersonalTable } from '../../../table/table.js';

/**
 * Why a cell is withheld, in the words of SDMX's CL_CONF_STATUS: A small count, O one unit dominates, T two units, G one or two,
 * M another measure of concentration, D withheld to protect others. For the operator alone: the reason itself tells something.
 */
export type Reason = 'A' | 'O' | 'T' | 'G' | 'M' | 'D';

export interface TableOutcome {
  readonly counts: Float64Array;
  readonly withheld: Uint8Array;
  /** By cell; empty where published. */
  readonly reason: readonly (Reason | '')[];
  /** What was published or not, for the share that is lost. */
  readonly values: Float64Array;
  /** Parts of totals that are small themselves; sums have no such rule. */
  readonly parts?: number;
  readonly narrowed: number;
  /** Sums of several cells that would follow by subtraction, kept less uncertain than asked for. */
  readonly narrowedTogether: number;
  readonly nothingLeft: boolean;
  readonly outside: number;
  /** Rows whose value is no finite number: of sums alone. */
  readonly rowsWithoutValue?: number;
}

export function tableReport({ counts, withheld, reason, values, parts, narrowed, narrowedTogether, nothingLeft, outside, rowsWithoutValue }: TableOutcome, dropped: PersonalTable['dropped']): OperatorReport {
  const byReason: Record<string, number> = {};
  let attainedK = Infinity;
  let published = 0;
  let lost = 0;
  let total = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    total += values[cell]!;
    if (withheld[cell] === 1) {
      byReason[reason[cell]!] = (byReason[reason[cell]!] ?? 0) + 1;
      lost += values[cell]!;
      continue;
    }
    published++;
    if (counts[cell]! > 0) attainedK = Math.min(attainedK, counts[cell]!);
  }
  return new OperatorReport({
    cells: counts.length,
    published,
    withheld: counts.length - published,
    byReason,
    attainedK: Number.isFinite(attainedK) ? attainedK : null,
    /** Share of the sum over all cells that is not shown. */
    informationLost: total === 0 ? 0 : lost / total,
    /** Cells whose interval is narrower than asked for because nothing wider is possible, or was found. */
    narrowedIntervals: narrowed,
    /** The same of sums of several withheld cells that would follow by subtraction. */
    narrowedTogether,
    /** Cells of which no more is kept than that they are not certain. */
    ...(parts === undefined ? {} : { partsOfSmallTotals: parts }),
    nothingPublished: nothingLeft,
    rowsOutsideGroups: outside,
    ...(rowsWithoutValue === undefined ? {} : { rowsWithoutValue }),
    ...dropped,
  });
}
