import { describe, expect, test } from 'vitest';
import { readArgs } from '../../examples/support/args.js';

const own = (...more: string[]): string[] => ['log.csv', '--unit', 'u', '--by', 'i', '--epsilon', '1', '--groups-per-unit', '5', '--keys', 'discover', ...more];

describe('arguments', () => {
  test('the sample needs none', () => {
    expect(readArgs([])).toMatchObject({ log: undefined, by: 'app', top: 20, epsilon: 1, delta: 1e-6, groupsPerUnit: 5, keys: undefined, separator: ',' });
  });

  test('a log of your own', () => {
    expect(readArgs(own('--delta', '1e-6', '--integers', 'u,i', '--separator', 'tab', '--from', '2024-02-29', '--to', '2024-02-29', '--time-zone', 'UTC'))).toMatchObject({
      log: 'log.csv', unit: 'u', by: 'i', delta: 1e-6, keys: 'discover', integers: ['u', 'i'], separator: '\t', from: '2024-02-29', to: '2024-02-29', timeZone: 'UTC',
    });
  });

  test.each([
    [['log.csv'], '--unit is needed'],
    [['log.csv', '--unit', 'u', '--by', 'i', '--groups-per-unit', '5', '--keys', 'discover'], '--epsilon is needed'],
    [own('--epsilon', 'x'), '--epsilon must be a number above 0, got "x"'],
    [own('--epsilon', '-1'), '-'],
    [own('--delta', '1'), '--delta must be a number from 0 to below 1'],
    [own('--groups-per-unit', '0'), '--groups-per-unit must be a whole number from 1 on'],
    [own('--by', 'u'), '--by and --unit are the same column'],
    [own('--by', ''), '--by is needed'],
    [own('--integers', 'nosuch'), '--integers can name the columns of --unit and --by, and no other'],
    [own('--from', '2026-13-01'), '--from must be a day as YYYY-MM-DD, got "2026-13-01"'],
    [own('--to', '2026-02-30'), '--to must be a day as YYYY-MM-DD'],
    [own('--from', '2026-02-02', '--to', '2026-02-01'), '--from must not be later than --to'],
    [own('--time-zone', 'Nope'), '--time-zone must be a name such as Asia/Tokyo, got "Nope"'],
    [own('--separator', ';;'), "--separator must be one sign such as ';', or the word tab"],
    [['--top', '0'], '--top must be a whole number from 1 on, got "0"'],
    [['--top', '1.5'], '--top must be a whole number'],
    [['--wrong'], 'wrong'],
    [['a.csv', 'b.csv'], 'one log at a time'],
  ])('%j is refused before anything is read', (argv, message) => {
    expect(() => readArgs(argv)).toThrow(expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) as string }) as Error);
  });
});
