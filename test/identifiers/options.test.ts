import { expect, test } from 'vitest';
import { type FindOptions, findIdentifiers, generalise, mask, pseudonym, surrogate, treat, treatRecord } from '../../src/identifiers/index.js';

const code = (name: string): unknown => expect.objectContaining({ code: `TOKUMEI_${name}` });

/** What plain JavaScript or a configuration may hand in, and the error that says which option it is. */
test.each<[object, string]>([
  [{ regions: [{}] }, 'REGION'],
  [{ regions: [null] }, 'REGION'],
  [{ regions: [1] }, 'REGION'],
  [{ regions: new Array(1) }, 'REGION'],
  [{ detectors: new Array(1) }, 'DETECTOR'],
  [{ regions: 'JP' }, 'REGION'],
  [{ detectors: [{}] }, 'DETECTOR'],
  [{ detectors: [undefined] }, 'DETECTOR'],
  [{ detectors: () => [] }, 'DETECTOR'],
  [{ classes: 'mail-address' }, 'IDENTIFIER_CLASS'],
  [{ classes: ['mail'] }, 'IDENTIFIER_CLASS'],
  [{ allow: 'info@example.com' }, 'OPTIONS'],
  [{ allow: [1] }, 'OPTIONS'],
  [{ allow: new Set(['info@example.com']) }, 'OPTIONS'],
  [{ carrierDomains: 'docomo docomo.ne.jp' }, 'OPTIONS'],
  [{ field: 1 }, 'OPTIONS'],
  [{ minScore: '0.5' }, 'SCORE_RANGE'],
  [{ minScore: NaN }, 'SCORE_RANGE'],
  [{ minscore: 0.9 }, 'OPTIONS'],
  [{ region: ['US'] }, 'OPTIONS'],
])('%o is refused by TOKUMEI_%s', (options, name) => {
  expect(() => findIdentifiers('a@b.jp', options as FindOptions)).toThrow(code(name));
  expect(() => treat({}, options as FindOptions)).toThrow(code(name));
});

test('a misspelt option of treatments and records is refused', () => {
  for (const make of [
    () => mask({ keepdomain: true } as object),
    () => generalise({ ip: 24 } as object),
    () => surrogate({ maximum: 5 } as object),
    () => pseudonym({ key: Uint8Array.from({ length: 32 }, (_, i) => i), context: 'test', bit: 256 } as never),
    () => treatRecord({}, { maxdepth: 3 } as object)({}),
  ]) expect(make).toThrow(code('OPTIONS'));
});

test('options left out by undefined are left out', () => {
  expect(findIdentifiers('a@b.jp', { regions: undefined, classes: undefined, allow: undefined, detectors: undefined, field: undefined, carrierDomains: undefined } as never)).toHaveLength(1);
});
