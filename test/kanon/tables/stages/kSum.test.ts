import { describe, expect, test } from 'vitest';
import { pipe } from '../../../../src/core/index.js';
import { hierarchy, kSum, operatorReport, type Concentration } from '../../../../src/kanon/index.js';
import { personal } from '../../../../src/table/index.js';
import { reveal } from '../../../../src/testing/reveal.js';
import { between } from '../support/between.js';
import { generator, linearReader, shapeOf } from '../support/bench.js';
import { codeOf } from '../../../support/codeOf.js';

const door = { unit: 'firm', unitOf: 'firm' } as const;
const groups = { region: { north: ['n1', 'n2', 'n3'], south: ['s1', 's2'] }, kind: ['x', 'y', 'z'] };
const regions = ['n1', 'n2', 'n3', 's1', 's2'];
const kinds = ['x', 'y', 'z'];

interface Sale {
  readonly firm: string;
  readonly region: string;
  readonly kind: string;
  readonly yen: number;
}

function sales(seed: number): Sale[] {
  const random = generator(seed);
  const list: Sale[] = [];
  for (let firm = 0; firm < 80; firm++) {
    const region = regions[between(random, 0, 4)]!;
    for (let i = 0; i < 3; i++) list.push({ firm: `f${firm}`, region, kind: kinds[Math.floor(random() ** 2 * 3)]!, yen: Math.floor(Math.exp(9 * random())) });
  }
  return list;
}

/** What each firm contributes to each cell, by going over all rows for every cell. */
function naive(list: readonly Sale[], keys: readonly (readonly string[])[]): number[][] {
  const covers = (label: string, leaf: string, tree: unknown): boolean =>
    label === 'total' || label === leaf || (!Array.isArray(tree) && ((tree as Record<string, string[]>)[label]?.includes(leaf) ?? false));
  return keys.map(([region, kind]) => {
    const firms = new Map<string, number>();
    for (const sale of list) {
      if (covers(region!, sale.region, groups.region) && covers(kind!, sale.kind, groups.kind)) firms.set(sale.firm, (firms.get(sale.firm) ?? 0) + sale.yen);
    }
    return [...firms.values()].filter((amount) => amount > 0).sort((a, b) => b - a);
  });
}

const total = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

/** The definitions, once more and by another hand: how far the sum must stay uncertain above. */
function widths(x: readonly number[], rule: Concentration): number {
  const sum = total(x);
  if (rule.rule === 'dominance') return (100 / rule.percent) * total(x.slice(0, rule.n)) - sum;
  const [first = 0, second = 0] = x;
  return (rule.rule === 'pq' ? rule.p / rule.q : rule.p / 100) * first - (sum - first - second);
}

const rules: readonly Concentration[] = [{ rule: 'dominance', n: 1, percent: 70 }, { rule: 'dominance', n: 2, percent: 85 }, { rule: 'p-percent', p: 10 }, { rule: 'pq', p: 20, q: 80 }];

describe('kSum', () => {
  test('withholds what breaks a rule, and a reader of all published sums stays out of the protection interval', () => {
    let sensitiveCells = 0;
    for (let seed = 0; seed < 16; seed++) {
      const list = sales(seed);
      const rule = rules[seed % rules.length]!;
      const shape = shapeOf({ by: ['region', 'kind'], groups: groups as never });
      const contributions = naive(list, shape.keys);
      const table = pipe(personal(list, door), kSum({ by: ['region', 'kind'], groups, value: 'yen', k: 3, concentration: rule, zeros: 'published' }));
      const lines = reveal(table).value;
      const truth = Float64Array.from(contributions, total);
      const withheld = Uint8Array.from(lines, ({ state }) => (state === 'suppressed' ? 1 : 0));
      const reader = linearReader({ truth, withheld, lower: truth.map(() => 0), upper: truth.map(() => Infinity), relations: shape.relations });
      expect(operatorReport(table)!.figures).toMatchObject({ nothingPublished: false, narrowedIntervals: 0 });
      lines.forEach((line, cell) => {
        expect(line.key).toEqual(shape.keys[cell]);
        if (line.state === 'value') expect(line.sum).toBe(truth[cell]);
        const x = contributions[cell]!;
        const need = Math.max(widths(x, rule), x.length > 0 && x.length < 3 ? 0.2 * total(x) : -1);
        if (need < 0 || x.length === 0) return;
        sensitiveCells++;
        expect(line).toMatchObject({ state: 'suppressed', sum: null });
        expect(reader.reach(cell, 1, 1e9).reach).toBeGreaterThanOrEqual(need - 1e-6);
        expect(reader.reach(cell, -1, 1e9).reach).toBeGreaterThanOrEqual(Math.min(need, truth[cell]!) - 1e-6);
      });
    }
    expect(sensitiveCells).toBeGreaterThan(50);
  });

  test('withholds by itself just what the definitions say, in every choice of limit and of who contributes; with the reason', () => {
    const random = generator(77);
    const all: readonly Concentration[] = [...rules, { rule: 'dominance', n: 3, percent: 90 }, { rule: 'p-percent', p: 25 }, { rule: 'pq', p: 30, q: 60 }];
    const reasons = new Set<string>();
    let limits = 0;
    for (let run = 0; run < 60; run++) {
      // Small whole amounts, so that limit cases come up; each cell apart, so that nothing is withheld for others.
      const cells = Array.from({ length: 25 }, (_, at) => ({ name: `c${at}`, amounts: Array.from({ length: between(random, 0, 6) }, () => [0, 1, 2, 3, 5, 10, 20, 40][between(random, 0, 7)]!) }));
      const list = cells.flatMap(({ name, amounts }) => amounts.map((yen, at) => ({ firm: `${name} ${at}`, region: name, kind: 'x', yen })));
      const chosen = all.filter(() => random() < 0.3);
      const boundary = random() < 0.5 ? 'sensitive' : 'allowed';
      const zeroContributors = random() < 0.5 ? 'ignored' : 'counted';
      const zeros = random() < 0.5 ? 'published' : 'suppressed';
      const k = between(random, 2, 4);
      const flat = { region: hierarchy(cells.map(({ name }) => name), { total: false }) };
      const table = pipe(personal(list, door), kSum({ by: 'region', groups: flat, value: 'yen', k, concentration: chosen, boundary, zeroContributors, zeros }));
      const byReason: Record<string, number> = {};
      reveal(table).value.forEach(({ state }, at) => {
        const x = cells[at]!.amounts.filter((amount) => amount > 0 || zeroContributors === 'counted').sort((a, b) => b - a);
        const sum = total(x);
        // All in whole numbers: both sides times what they are divided by.
        const sides = (rule: Concentration): readonly [number, number] => {
          if (rule.rule === 'dominance') return [100 * total(x.slice(0, rule.n)), rule.percent * sum];
          const [p, of] = rule.rule === 'pq' ? [rule.p, rule.q] : [rule.p, 100];
          return [p * (x[0] ?? 0), of * (sum - (x[0] ?? 0) - (x[1] ?? 0))];
        };
        const broken = chosen.filter((rule) => sum > 0 && (sides(rule)[0] > sides(rule)[1] || (boundary === 'sensitive' && sides(rule)[0] === sides(rule)[1])));
        if (sum > 0) limits += chosen.filter((rule) => sides(rule)[0] === sides(rule)[1]).length;
        const small = x.length < k && !(x.length === 0 && zeros === 'published');
        expect({ run, at, state }).toEqual({ run, at, state: small || broken.length > 0 ? 'suppressed' : 'value' });
        if (!small && broken.length === 0) return;
        const dominated = (n: number): number | undefined => broken.flatMap((rule) => (rule.rule === 'dominance' && rule.n === n ? [rule.percent] : []))[0];
        const [one, two] = [dominated(1), dominated(2)];
        const alone = one !== undefined || (two !== undefined && 100 * x[0]! >= two * sum);
        const reason = small ? 'A' : two !== undefined ? (alone ? 'G' : 'T') : one !== undefined ? 'O' : 'M';
        byReason[reason] = (byReason[reason] ?? 0) + 1;
        reasons.add(reason);
      });
      expect(operatorReport(table)!.figures['byReason']).toEqual(byReason);
    }
    expect([...reasons].sort()).toEqual(['A', 'G', 'M', 'O', 'T']);
    expect(limits).toBeGreaterThan(30);
  });

  test('leaves rows without a number out and tells the operator how many', () => {
    const list = Array.from({ length: 30 }, (_, firm) => ({ firm, region: 'n1', yen: firm === 0 ? NaN : firm === 1 ? Infinity : firm === 2 ? ('7' as never) : 10 }));
    const table = pipe(personal(list, door), kSum({ by: 'region', groups: { region: ['n1'] }, value: 'yen', k: 3 }));
    expect(reveal(table).value.map(({ sum }) => sum)).toEqual([270, 270]);
    expect(operatorReport(table)!.figures['rowsWithoutValue']).toBe(3);
    expect(JSON.stringify(reveal(table).statement)).not.toMatch(/rowsWithoutValue/);
  });

  test('keeps a limit case by its option: sensitive by default, allowed as in sdcTable', () => {
    // Three firms of 10, 6 and 1: X - x1 - x2 = 1 = 10 % of 10.
    const amounts = [10, 6, 1];
    const list = ['a', 'b'].flatMap((region) => amounts.map((yen, at) => ({ firm: `${region}${at}`, region, kind: 'x', yen })));
    const state = (boundary: 'sensitive' | 'allowed') =>
      reveal(pipe(personal(list, door), kSum({ by: 'region', groups: { region: ['a', 'b'] }, value: 'yen', k: 2, concentration: { rule: 'p-percent', p: 10 }, boundary }))).value.find(({ key }) => key === 'a')!.state;
    expect(state('allowed')).toBe('value');
    expect(state('sensitive')).toBe('suppressed');
  });

  test('counts units and not rows, rounds to the step, and leaves out what is no number', () => {
    const list = Array.from({ length: 30 }, (_, at) => ({ firm: at % 2 === 0 ? 'one' : 'two', region: 'a', yen: at === 7 ? NaN : 0.26 }));
    const stage = <K extends number>(k: K) => pipe(personal(list, door), kSum({ by: 'region', groups: { region: ['a'] }, value: 'yen', step: 0.25, k }));
    expect(reveal(stage(3)).value.every(({ state }) => state === 'suppressed')).toBe(true);
    expect(reveal(stage(2)).value[0]).toEqual({ key: 'total', state: 'value', sum: 29 * 0.25 });
  });

  test('ignores those who contribute nothing unless they are to be counted', () => {
    const list = Array.from({ length: 6 }, (_, at) => ({ firm: `f${at}`, region: 'a', yen: at < 2 ? 10 : 0 }));
    const state = (zeroContributors: 'ignored' | 'counted') =>
      reveal(pipe(personal(list, door), kSum({ by: 'region', groups: { region: ['a'] }, value: 'yen', k: 3, zeroContributors }))).value[0]!.state;
    expect(state('ignored')).toBe('suppressed');
    expect(state('counted')).toBe('value');
  });

  test('refuses negative magnitudes, sums beyond exact numbers and wrong options', () => {
    const one = (yen: number, more: object = {}) => codeOf(() => pipe(personal([{ firm: 'a', region: 'a', yen }], door), kSum({ by: 'region', groups: { region: ['a'] }, value: 'yen', k: 2, ...more })));
    expect(one(-1)).toBe('TOKUMEI_NEGATIVE_MAGNITUDE');
    expect(one(-0)).toBe('no error');
    expect(one(2 ** 53)).toBe('TOKUMEI_SUM_RANGE');
    expect(one(1, { step: 0 })).toBe('TOKUMEI_SUM_OPTIONS');
    expect(one(1, { value: '' })).toBe('TOKUMEI_SUM_OPTIONS');
    expect(one(1, { concentrations: { rule: 'p-percent', p: 10 } })).toBe('TOKUMEI_OPTIONS');
    expect(one(1, { boundary: 'x' })).toBe('TOKUMEI_SUM_OPTIONS');
    expect(one(1, { smallCellRange: NaN })).toBe('TOKUMEI_SUM_OPTIONS');
    expect(one(1, { concentration: { rule: 'dominance', n: 0, percent: 50 } })).toBe('TOKUMEI_CONCENTRATION');
    expect(one(1, { concentration: { rule: 'p-percent', p: 0 } })).toBe('TOKUMEI_CONCENTRATION');
    expect(one(1, { concentration: { rule: 'pq', p: 50, q: 20 } })).toBe('TOKUMEI_CONCENTRATION');
    expect(one(1, { concentration: { rule: 'other' } })).toBe('TOKUMEI_CONCENTRATION');
    expect(one(1, { k: 1 })).toBe('TOKUMEI_K_RANGE');
  });
});
