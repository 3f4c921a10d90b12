import { expect, test } from 'vitest';
import { allRegions, compileFinder } from '../../src/identifiers/index.js';
import { hardNegatives, japaneseTexts } from './support/japanese.js';
import { measure } from './support/labelled.js';

const japan = compileFinder();
const world = compileFinder({ regions: allRegions });

for (const seed of [11, 12, 13]) {
  test(`Japanese and English sentences of our own, seed ${seed}: every category`, () => {
    const figures = measure(japaneseTexts(seed, 30), japan);
    if (process.env['SHOW']) console.log(figures.misses.join('\n'), '\n', figures.falseHits.join('\n'));
    expect(figures.recall).toBeGreaterThanOrEqual(0.99);
    expect(figures.precision).toBeGreaterThanOrEqual(0.99);
    for (const [category, recall] of figures.recallOf) expect([category, recall >= (/spelled|kanji/.test(category) ? 0.95 : 0.97)]).toEqual([category, true]);
  });

  test(`hard negatives, seed ${seed}: at most one text in a hundred`, () => {
    for (const find of [japan, world]) {
      const figures = measure(hardNegatives(seed, 8), find);
      if (process.env['SHOW']) console.log(figures.falseHits.join('\n'));
      expect(figures.falseTexts).toBeLessThanOrEqual(0.01);
    }
  });
}
