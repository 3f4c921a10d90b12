import { expect, test } from 'vitest';
import { customHierarchy, dateHierarchy, hierarchyFromCsv, intervalHierarchy, maskHierarchy, orderedHierarchy, priorityHierarchy } from '../../../src/kanon/microdata/index.js';

const csv = (text: string, duplicateLeaves?: 'count'): (() => unknown) => () => hierarchyFromCsv(text, { attribute: 'town', ...(duplicateLeaves === undefined ? {} : { duplicateLeaves }) });

test('an error of a hierarchy names the attribute, the value and the row of the file', () => {
  expect(csv('')).toThrow(/"town".*no rows/);
  expect(csv('a;x;*\nb;*')).toThrow(/"town", row 2: has 2 values where row 1 has 3/);
  expect(csv('a;x;*\nb;x;*\na;x;*')).toThrow(/"town", row 3: the value "a" stands in row 1 already/);
  expect(csv('a;x;*\na;y;*', 'count')).toThrow(/"town", row 2: the value "a"/);
  expect(csv('a;x;1\nb;x;2')).toThrow(/"town", row 2: the value "x" of level 1 becomes "2" here and "1" in row 1/);
  expect(csv('a;x;*\na;x;*', 'count')).not.toThrow();
  expect(csv('"a;x')).toThrow(/row 1: a quote is not closed/);
});

test('CSV with a mark, CRLF, quotes, and without a last line break', () => {
  expect(hierarchyFromCsv('\uFEFFa;"x; ""y""";*\r\nb;z;*', { attribute: 'town' }).rows).toEqual([['a', 'x; "y"', '*'], ['b', 'z', '*']]);
  expect(hierarchyFromCsv('a,*', { attribute: 'town', separator: ',' }).rows).toEqual([['a', '*']]);
  expect(() => hierarchyFromCsv('a', { attribute: 'town', separator: ';;' })).toThrow('separator');
});

test('builders make hierarchies that pass their own checks', () => {
  for (const { rows } of [
    intervalHierarchy({ from: -3, to: 20, widths: [2, 4, 12] }),
    orderedHierarchy(['S', 'M', 'L', 'XL', 'XXL'], [2, 2]),
    maskHierarchy(['1000001', '10', '7'], {}),
    maskHierarchy(['1000001', '10', '7'], { from: 'left', mask: '#' }),
    dateHierarchy({ from: '2023-12-30', to: '2024-03-01', units: ['month', 'quarter', 'year', 'decade'] }),
    priorityHierarchy(['JP', 'US', 'FR'], [2, 1], 'other'),
    customHierarchy(['ab1', 'ab2', 'b'], [(value) => value[0]!]),
  ]) {
    expect(csv(rows.map((row) => row.join(';')).join('\n'))).not.toThrow();
    expect(new Set(rows.map((row) => row[row.length - 1]))).toEqual(new Set(['*']));
  }
});

test('builders refuse what makes no hierarchy', () => {
  expect(() => intervalHierarchy({ from: 0, to: 9, widths: [4, 6] })).toThrow('multiple');
  expect(() => intervalHierarchy({ from: 9, to: 0, widths: [] })).toThrow('not below from');
  expect(() => dateHierarchy({ from: '2024-02-30', to: '2024-03-01', units: [] })).toThrow('YYYY-MM-DD');
  expect(() => dateHierarchy({ from: '2024-01-01', to: '2024-03-01', units: ['year', 'month'] })).toThrow('in this order');
  expect(() => priorityHierarchy(['a', 'other'], [1], 'other')).toThrow('none of the values');
  expect(() => orderedHierarchy(['a', 'a'], [2])).toThrow('different texts');
});
