import { expect, test } from 'vitest';
import { japaneseCell, sdmxStatus } from '../../../src/kanon/index.js';

const refused = expect.objectContaining({ code: 'TOKUMEI_FLAGGED_LINE' }) as Error;

test('the one column of numbers is taken, whatever it is called', () => {
  expect(japaneseCell({ key: 7, state: 'value', sum: 5000 } as never)).toBe('5,000');
  expect(japaneseCell({ key: 7, rank: 1, state: 'tied', sum: 0 } as never)).toBe('-');
  expect(japaneseCell({ key: 'a', state: 'suppressed', sum: null } as never)).toBe('x');
  expect(japaneseCell({ key: 'a', state: 'value', count: 3, share: 0.5 } as never)).toBe('3');
  expect(japaneseCell({ key: 'a', state: 'value', count: 3, share: 0.5 } as never, 'share')).toBe('0.5');
  expect(japaneseCell({ key: 'a', state: 'not-ranked', count: null } as never)).toBe('x');
});

test('a figure that is none is no withheld one', () => {
  for (const count of [NaN, Infinity, '3', undefined]) expect(() => japaneseCell({ state: 'value', count } as never)).toThrow(refused);
  expect(() => japaneseCell({ state: 'value' })).toThrow(refused);
  expect(() => japaneseCell({ state: 'value', sum: 5, mean: 1 } as never)).toThrow(refused);
  expect(() => japaneseCell({ state: 'value', count: 5 } as never, 'sum')).toThrow(refused);
});

test('what is no line is refused by code', () => {
  for (const wrong of [null, undefined, 3, 'x', {}, { state: 'shown' }]) {
    expect(() => japaneseCell(wrong as never)).toThrow(refused);
    expect(() => sdmxStatus(wrong as never)).toThrow(refused);
  }
});
