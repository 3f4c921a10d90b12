import { checkInteger, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { secureRandom, uniformBelow, type RandomSource } from '../../../random/index.js';

/** A rounded table whose totals add up. */
export interface RoundedTable {
  readonly cells: readonly (readonly number[])[];
  readonly rowTotals: readonly number[];
  readonly columnTotals: readonly number[];
  readonly total: number;
}

export interface ControlledRoundingOptions {
  readonly base: number;
  /** Default: the platform's generator. */
  readonly random?: RandomSource;
}

/**
 * Rounds a table of counts and all its totals to multiples of a base, so that the rounded totals are the sums of the rounded
 * cells: without bias, each number by less than the base, multiples of the base not at all.
 *
 * **When.** Additive tables of one row or of rows and columns (rows counted, or units that are in one cell each). It is a plain function
 * of plain numbers and makes nothing publishable: `release()` takes results of aggregates alone. **Convention.** Controlled rounding of
 * Cox (1987); tau-ARGUS has a deterministic one. **No guarantee** follows beyond the distance: rounding twice with fresh random numbers can be averaged away.
 *
 * How: numbers that are no multiples are edges between rows and columns (totals in one more row and column, with their signs turned, so that every line sums to zero). Each
 * line with one such edge has another, so there is a cycle; adding to and taking from its edges in turn keeps all sums. Of the two
 * furthest ways to do so one is drawn with the chance that keeps every mean; each time at least one number becomes a multiple.
 *
 * Cost: up to cells × (rows + columns) steps.
 *
 * @param cells rows of counts, all of one length.
 * @throws {TokumeiError} `TOKUMEI_ROUNDING_BASE`; `TOKUMEI_ROUNDING_TABLE` when the table is empty, ragged or holds anything but whole numbers from 0 whose total is below 2^53;
 * `TOKUMEI_RANDOM_SOURCE` when `random` is none.
 * @example
 * controlledRounding([[5, 10], [15, 20]], { base: 5 }).total; // => 50
 */
export function controlledRounding(cells: readonly (readonly number[])[], options: ControlledRoundingOptions): RoundedTable {
  const where = 'controlledRounding';
  const o = checkOptions(options, where, 'base random');
  const base = checkInteger(o.base, where, 'base', 'TOKUMEI_ROUNDING_BASE', 2, 1_000_000);
  const random = o.random ?? secureRandom();
  if (typeof random?.uint32 !== 'function') throw new TokumeiError('TOKUMEI_RANDOM_SOURCE', { where, parameter: 'random', expected: 'a source of random bits', received: random });
  const table = withTotals(checkTable(cells, where));
  const columns = table[0]!.length;
  const graph = new Fractions(table, base);
  for (let cycle = graph.cycle(); cycle !== undefined; cycle = graph.cycle()) graph.shift(cycle, random);
  const body = table.slice(0, -1);
  // Turned signs make -0 out of 0; adding 0 makes it 0 again.
  return {
    cells: body.map((row) => row.slice(0, -1).map((n) => n + 0)),
    rowTotals: body.map((row) => -row[columns - 1]! + 0),
    columnTotals: table[table.length - 1]!.slice(0, -1).map((total) => -total + 0),
    total: table[table.length - 1]![columns - 1]! + 0,
  };
}

/** Totals with their signs turned: every row and every column sums to zero. */
function withTotals(cells: readonly (readonly number[])[]): number[][] {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
  const body = cells.map((row) => [...row, -sum(row)]);
  return [...body, body[0]!.map((_, column) => -sum(body.map((row) => row[column]!)))];
}

/** Row, column and the direction in which it changes. */
type Edge = readonly [row: number, column: number, sign: 1 | -1];

class Fractions {
  private readonly table: number[][];
  private readonly base: number;
  private readonly ofRow: Set<number>[];
  private readonly ofColumn: Set<number>[];

  constructor(table: number[][], base: number) {
    this.table = table;
    this.base = base;
    this.ofRow = table.map((row) => new Set(row.flatMap((n, column) => (n % base === 0 ? [] : [column]))));
    this.ofColumn = table[0]!.map((_, column) => new Set(table.flatMap((row, at) => (row[column]! % base === 0 ? [] : [at]))));
  }

  /** Edges around one cycle, rows and columns in turn; undefined when nothing is left to round. */
  cycle(): readonly Edge[] | undefined {
    const start = this.ofRow.findIndex((columns) => columns.size > 0);
    if (start < 0) return undefined;
    const path: (readonly [row: number, column: number])[] = [];
    const rowAt = new Map<number, number>([[start, 0]]);
    const columnAt = new Map<number, number>();
    let row = start;
    let from = -1;
    for (;;) {
      const column = other(this.ofRow[row]!, from);
      const metColumn = columnAt.get(column);
      path.push([row, column]);
      if (metColumn !== undefined) return alternate(path.slice(metColumn));
      columnAt.set(column, path.length);
      const next = other(this.ofColumn[column]!, row);
      const metRow = rowAt.get(next);
      path.push([next, column]);
      if (metRow !== undefined) return alternate(path.slice(metRow));
      rowAt.set(next, path.length);
      from = column;
      row = next;
    }
  }

  /** Goes all the way in one of the two directions, each with the chance that keeps the mean. */
  shift(cycle: readonly Edge[], random: RandomSource): void {
    const up = this.room(cycle, 1);
    const down = this.room(cycle, -1);
    const step = uniformBelow(up + down, random) < down ? up : -down;
    for (const [row, column, sign] of cycle) {
      const now = this.table[row]![column]! + sign * step;
      this.table[row]![column] = now;
      if (now % this.base !== 0) continue;
      this.ofRow[row]!.delete(column);
      this.ofColumn[column]!.delete(row);
    }
  }

  /** How far the cycle can go before one of its numbers is a multiple. */
  private room(cycle: readonly Edge[], direction: 1 | -1): number {
    return cycle.reduce((least, [row, column, sign]) => {
      const rest = ((this.table[row]![column]! % this.base) + this.base) % this.base;
      return Math.min(least, sign * direction > 0 ? this.base - rest : rest);
    }, Infinity);
  }
}

const alternate = (path: readonly (readonly [number, number])[]): readonly Edge[] => path.map(([row, column], at) => [row, column, at % 2 === 0 ? 1 : -1]);

/** Any member but one. There always is one: a line that sums to a multiple cannot have a single other number. */
function other(members: ReadonlySet<number>, but: number): number {
  for (const member of members) if (member !== but) return member;
  return but;
}

function checkTable(cells: readonly (readonly number[])[], where: string): readonly (readonly number[])[] {
  let total = 0;
  const fits =
    Array.isArray(cells) && cells.length > 0 && cells.every((row) => Array.isArray(row) && row.length > 0 && row.length === cells[0]!.length) &&
    cells.every((row: readonly number[]) => row.every((n) => Number.isSafeInteger(n) && n >= 0 && Number.isSafeInteger((total += n))));
  if (fits && Number.isSafeInteger(total + 4_000_000)) return cells;
  throw new TokumeiError('TOKUMEI_ROUNDING_TABLE', { where, parameter: 'cells', expected: 'rows of whole numbers from 0, all of one length, whose total is below 2^53' });
}
