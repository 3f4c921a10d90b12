/** What the operator may know and no reader: figures of the log itself. For the screen, never for a release. */
export interface Tally {
  rows: number;
  withoutUnit: number;
}

/** Hands rows on and counts them in `tally`, and those whose unit is empty. */
export async function* tallied<Row extends Readonly<Record<string, unknown>>>(rows: AsyncIterable<Row>, unit: string, tally: Tally): AsyncGenerator<Row> {
  for await (const row of rows) {
    tally.rows++;
    if (row[unit] === '') tally.withoutUnit++;
    yield row;
  }
}

/** One line for the operator; it says plainly when nobody can have been counted. */
export function tallyLine({ rows, withoutUnit }: Tally, unit: string): string {
  const figure = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`;
  if (rows === 0) return 'Nobody was counted: the log holds no row. Whatever is published is noise alone.';
  if (withoutUnit === rows) return `Nobody was counted: column '${unit}' is empty in all of ${figure(rows, 'row')}. Whatever is published is noise alone.`;
  return `${figure(rows, 'row')} read${withoutUnit > 0 ? `, ${withoutUnit.toLocaleString('en')} left out: column '${unit}' is empty in them` : ''}. (For you, not for the page.)`;
}
