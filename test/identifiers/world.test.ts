import { expect, test } from 'vitest';
import { allRegions, compileFinder, findIdentifiers, NUMBERING_DE, NUMBERING_JP, NUMBERING_US, registerRegions } from '../../src/identifiers/index.js';
import { measure } from './support/labelled.js';
import { COUNTRIES, worldTexts } from './support/world.js';

const world = compileFinder({ regions: allRegions });
const forty = compileFinder({ regions: allRegions.filter((r) => r.code === 'JP' || COUNTRIES.includes(r.code)) });

for (const seed of [21, 22]) {
  test(`national formats of forty countries in English sentences, seed ${seed}: recall 90 %, precision 95 %`, () => {
    for (const find of [world, forty]) {
      const figures = measure(worldTexts(seed, 1200), find);
      if (process.env['SHOW']) console.log(figures.recall, figures.precision, [...figures.recallOf], '\n', figures.misses.join('\n'), '\n', figures.falseHits.join('\n'));
      expect(figures.recall).toBeGreaterThanOrEqual(0.9);
      expect(figures.precision).toBeGreaterThanOrEqual(0.95);
    }
  });
}

test('the curve by score: precision rises and recall falls, and the default stands where both are had', () => {
  const texts = [...worldTexts(31, 1200), ...worldTexts(32, 1200)];
  const curve = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map((minScore) => {
    const { recall, precision } = measure(texts, compileFinder({ regions: allRegions, minScore }));
    return { minScore, recall, precision };
  });
  if (process.env['SHOW']) console.table(curve);
  for (let i = 1; i < curve.length; i++) {
    expect(curve[i]!.recall).toBeLessThanOrEqual(curve[i - 1]!.recall);
    expect(curve[i]!.precision).toBeGreaterThanOrEqual(curve[i - 1]!.precision - 0.005);
  }
  expect(curve[3]!.recall).toBeGreaterThanOrEqual(0.9);
  expect(curve[3]!.precision).toBeGreaterThanOrEqual(0.95);
});

test('Japan alone leaves national numbers of others out and finds those with a plus', () => {
  expect(findIdentifiers('Call (206) 342-8631')).toEqual([]);
  expect(findIdentifiers('Call +1 (206) 342-8631')).toMatchObject([{ canonical: '+12063428631', class: 'telephone-number', kind: 'unspecified' }]);
  expect(findIdentifiers('Ruf 0049 30 901820', { regions: ['JP'] })).toMatchObject([{ canonical: '+4930901820' }]);
});

test('regions by table, by registered code, and a clear error otherwise', () => {
  const text = 'Call (206) 342-8631 or 0171 2345678';
  expect(findIdentifiers(text, { regions: [NUMBERING_JP, NUMBERING_US, NUMBERING_DE] }).map((f) => [f.region, f.kind, f.canonical])).toEqual([
    ['US', 'fixed-or-mobile', '+12063428631'],
    ['DE', 'mobile', '+491712345678'],
  ]);
  expect(() => findIdentifiers(text, { regions: ['JP', 'US'] })).toThrow(expect.objectContaining({ code: 'TOKUMEI_REGION' }));
  registerRegions(NUMBERING_US);
  expect(findIdentifiers(text, { regions: ['JP', 'US'] }).map((f) => f.region)).toEqual(['US']);
  expect(() => findIdentifiers(text, { regions: ['XX'] })).toThrow(expect.objectContaining({ code: 'TOKUMEI_REGION' }));
});

test('an extension belongs to the number, an order to none', () => {
  const find = (text: string): string[] => findIdentifiers(text, { regions: [NUMBERING_US] }).map((f) => text.slice(f.start, f.end));
  expect(find('call 206-342-8631 x123 now')).toEqual(['206-342-8631 x123']);
  expect(find('call 206-342-8631, ext. 9')).toEqual(['206-342-8631, ext. 9']);
  expect(find('order number 206-342-8631')).toEqual([]);
  expect(find('SSN 523-92-3434')).toEqual([]);
  expect(find('2063428631')).toEqual([]);
  expect(find('phone: 2063428631')).toEqual(['2063428631']);
});
