import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIdentifiers } from '../../src/identifiers/index.js';

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('0', '03', '090', '-', ' ', '\n', '(', ')', '.', '/', '2026-', '1', '12', '1234', '00', '81', '\u00a0', '0081', '+') },
  fc.constantFrom('090-1234-5678', '0312345678', '03-1234-5678', '0120-123-456', '2026-09-02', 'a', ':'),
);

/** The engine keeps text of one byte a unit apart from other text, and it is searched in another way. */
test('a wide sign far away changes nothing about numbers', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(findIdentifiers(`${text}${' '.repeat(800)}…`)).toEqual(findIdentifiers(text));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['03-1234-5678', 1],
  ['03\u00a01234\u00a05678', 1],
  ['03-\n1234-5678', 1],
  ['a0312345678', 0],
  ['2026-09-02-1234', 0],
  ['103-1234-5678', 0],
])('%j holds %i', (text, count) => {
  for (const whole of [text, `${text}${' '.repeat(800)}…`]) expect(findIdentifiers(whole)).toHaveLength(count);
});
