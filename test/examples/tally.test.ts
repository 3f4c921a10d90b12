import { expect, test } from 'vitest';
import { tallied, tallyLine } from '../../examples/support/tally.js';

test('rows are counted as they pass, and those without a unit', async () => {
  const rows = [{ user: 'a' }, { user: '' }, { user: 0 }];
  const tally = { rows: 0, withoutUnit: 0 };
  const passed: unknown[] = [];
  for await (const row of tallied((async function* () { yield* rows; })(), 'user', tally)) passed.push(row);
  expect(passed).toEqual(rows);
  expect(tally).toEqual({ rows: 3, withoutUnit: 1 });
});

test.each([
  [0, 0, 'Nobody was counted: the log holds no row. Whatever is published is noise alone.'],
  [1, 1, "Nobody was counted: column 'user' is empty in all of 1 row. Whatever is published is noise alone."],
  [1234, 0, '1,234 rows read. (For you, not for the page.)'],
  [1234, 2, "1,234 rows read, 2 left out: column 'user' is empty in them. (For you, not for the page.)"],
])('%i rows, %i without a unit', (rows, withoutUnit, line) => {
  expect(tallyLine({ rows, withoutUnit }, 'user')).toBe(line);
});
