import { describe, expect, test } from 'vitest';
import { discreteGaussianMechanism, discreteLaplaceMechanism } from '../../src/dp/mechanisms/index.js';
import { auditEpsilon, chiSquare, epsilonLowerBound, recordingRandom, seededRandom, tapeRandom, type AuditOptions } from '../../src/testing/index.js';
import { readFileSync } from 'node:fs';
import { testWithShared } from '../support/shared.js';

const count = (scale: number): Pick<AuditOptions, 'withUnit' | 'withoutUnit'> => {
  const noise = discreteLaplaceMechanism({ scale });
  return { withUnit: (random) => noise.add(8, random), withoutUnit: (random) => noise.add(7, random) };
};

describe('auditEpsilon', () => {
  test('does not reject a mechanism that keeps its promise (each fails by chance with 1e-6)', () => {
    for (let i = 0; i < 10; i++) {
      const result = auditEpsilon({ ...count(1), epsilon: 1, samples: 20_000, alpha: 1e-6, random: seededRandom(i) });
      expect(result.rejected).toBe(false);
      expect(result.epsilonAtLeast).toBeGreaterThan(0.8); // and comes near it
    }
  });
  test('rejects a scale that is a fifth short, every time', () => {
    for (let i = 0; i < 10; i++) expect(auditEpsilon({ ...count(0.8), epsilon: 1, samples: 20_000, alpha: 1e-6, random: seededRandom(i) }).rejected).toBe(true);
  });
  test('looks in both directions and at both tails', () => {
    const leak = (which: 'withUnit' | 'withoutUnit', sign: number): AuditOptions => ({
      withUnit: () => 0, withoutUnit: () => 0, epsilon: 1, samples: 2000, alpha: 1e-6, random: seededRandom(1), [which]: (r: { uint32(): number }) => (r.uint32() & 3 ? 0 : sign),
    });
    for (const which of ['withUnit', 'withoutUnit'] as const) {
      for (const sign of [1, -1]) {
        const result = auditEpsilon(leak(which, sign));
        expect(result.rejected).toBe(true);
        expect(result.event.likelier).toBe(which === 'withUnit' ? 'with' : 'without');
      }
    }
  });
  test('with a delta: Gaussian noise at its claim stays, one a quarter short falls', () => {
    // sigma 2, sensitivity 1: delta(0.5) of the discrete Gaussian is 0.0665…; claimed here with some room
    const noise = (sigma: number): Pick<AuditOptions, 'withUnit' | 'withoutUnit'> => {
      const m = discreteGaussianMechanism({ sigma });
      return { withUnit: (random) => m.add(1, random), withoutUnit: (random) => m.add(0, random) };
    };
    const exactDelta = (sigma: number, epsilon: number): number => {
      const w = (k: number): number => Math.exp(-(k * k) / (2 * sigma * sigma));
      let [total, delta] = [0, 0];
      for (let k = -60; k <= 60; k++) total += w(k);
      for (let k = -60; k <= 60; k++) delta += Math.max(0, w(k - 1) - Math.exp(epsilon) * w(k)) / total;
      return delta;
    };
    const delta = exactDelta(2, 0.5);
    const claim = { epsilon: 0.5, delta, samples: 60_000, alpha: 1e-6 };
    for (let i = 0; i < 4; i++) {
      expect(auditEpsilon({ ...noise(2), ...claim, random: seededRandom(i) }).rejected).toBe(false);
      expect(auditEpsilon({ ...noise(1.5), ...claim, random: seededRandom(i) }).rejected).toBe(true);
    }
  });
  test('a mechanism without noise, and one that never differs', () => {
    const o = { epsilon: 1, samples: 1000, alpha: 1e-6, random: seededRandom(1) };
    expect(auditEpsilon({ ...o, withUnit: () => 1, withoutUnit: () => 0 }).rejected).toBe(true);
    const same = auditEpsilon({ ...o, withUnit: () => Infinity, withoutUnit: () => Infinity });
    expect(same.rejected).toBe(false);
    expect(same.epsilonAtLeast).toBeLessThan(0.1);
  });
  test('options that make no sense', () => {
    const o = { ...count(1), epsilon: 1, samples: 1000, alpha: 1e-6, random: seededRandom(1) };
    for (const [bad, code] of [
      [{ epsilon: 0 }, 'TOKUMEI_EPSILON_RANGE'], [{ epsilon: NaN }, 'TOKUMEI_EPSILON_RANGE'], [{ delta: 1 }, 'TOKUMEI_DELTA_RANGE'], [{ delta: -0.1 }, 'TOKUMEI_DELTA_RANGE'],
      [{ samples: 99 }, 'TOKUMEI_AUDIT'], [{ alpha: 1 }, 'TOKUMEI_AUDIT'], [{ alpha: 0 }, 'TOKUMEI_AUDIT'], [{ withUnit: () => NaN }, 'TOKUMEI_AUDIT'],
    ] as const) {
      expect(() => auditEpsilon({ ...o, ...bad })).toThrowError(expect.objectContaining({ code }));
    }
  });
});

testWithShared('Clopper-Pearson bounds on epsilon are those of the reference', 'vectors/dp/audit_clopper_pearson.json', (file) => {
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: { n: number; hits_D: number; hits_Dprime: number; delta: number; confidence: number; eps_lower_bound: number }[] };
  expect(rows.length).toBeGreaterThan(10);
  for (const r of rows) {
    const got = epsilonLowerBound({ likely: r.hits_D, unlikely: r.hits_Dprime, tested: r.n, delta: r.delta, alpha: 1 - r.confidence });
    expect(Math.abs(got - r.eps_lower_bound)).toBeLessThan(1e-9 * Math.max(1, Math.abs(r.eps_lower_bound)));
  }
});

describe('sources for tests', () => {
  test('a seed gives the same words, another seed others', () => {
    const words = (seed: string | number): number[] => Array.from({ length: 5 }, ((r) => () => r.uint32())(seededRandom(seed)));
    expect(words('a')).toEqual(words('a'));
    expect(words('a')).not.toEqual(words('b'));
    expect(words(1)).toEqual(words('1'));
    expect(words('a').every((w) => w >>> 0 === w)).toBe(true);
  });
  test('what was recorded can be played again', () => {
    const recorder = recordingRandom(seededRandom(3));
    const drawn = [recorder.uint32(), recorder.uint32()];
    const tape = tapeRandom(recorder.words);
    expect([tape.uint32(), tape.uint32(), tape.read]).toEqual([...drawn, 2]);
    expect(() => tape.uint32()).toThrowError(expect.objectContaining({ code: 'TOKUMEI_TAPE' }));
    expect(tapeRandom([], seededRandom(3)).uint32()).toBe(drawn[0]);
    for (const bad of [-1, 0.5, 2 ** 32, NaN]) expect(() => tapeRandom([bad])).toThrowError(expect.objectContaining({ code: 'TOKUMEI_TAPE' }));
    for (const source of [recorder, tape, seededRandom(1)]) expect(source.secure).toBe(false);
  });
});

describe('chiSquare', () => {
  test('is Pearson\'s: R chisq.test(c(20, 30, 50), p = c(.3, .3, .4))', () => {
    const { statistic, degrees } = chiSquare([20, 30, 50], [0.3, 0.3, 0.4]);
    expect(statistic).toBeCloseTo(10 ** 2 / 30 + 10 ** 2 / 40, 12);
    expect(degrees).toBe(2);
  });
  test('pools small cells and counts the rest as one', () => {
    expect(chiSquare([50, 1, 1, 1], [0.5, 0.01, 0.01, 0.01], 47).degrees).toBe(1);
    expect(chiSquare([100], [1]).z).toBe(0);
    expect(chiSquare([90], [0.5], 10).z).toBeGreaterThan(6);
  });
});
