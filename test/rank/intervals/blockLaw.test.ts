import { expect, test } from 'vitest';
import { blockLaw, blockWidthFor, reachOf } from '../../../src/rank/intervals/blockLaw.js';

test.each([8_700, 20_000])('beyond the scales at which a discrete Gaussian of sigma %d is summed, its blocks are the sums', (sigma) => {
  const law = { law: 'discrete-gaussian', sigma } as const;
  const reach = reachOf(law, 300);
  expect(reach).toBeGreaterThan(65_536);
  const width = blockWidthFor(reach);
  const side = (width - 1) / 2;
  const { half, below } = blockLaw(law, reach, width);
  const sums = Array.from({ length: half + 1 }, (_, m) => Array.from({ length: width }, (_, i) => Math.exp(-((m * width - side + i) ** 2) / (2 * sigma * sigma))).reduce((a, b) => a + b, 0));
  const total = 2 * sums.reduce((a, b) => a + b, 0) - sums[0]!;
  sums.forEach((sum, m) => expect(Math.abs(below[m + half + 1]! - below[m + half]! - sum / total)).toBeLessThan(2e-15));
});
