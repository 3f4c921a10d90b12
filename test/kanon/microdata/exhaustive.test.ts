import fc from 'fast-check';
import { expect, test } from 'vitest';
import { personal } from '../../../src/table/index.js';
import { hierarchyFromCsv, searchPlan, type ObjectiveOptions } from '../../../src/kanon/microdata/index.js';
import { classesBy, type Row } from './naive.js';

// Files as people have them: a byte order mark, either line end, quoted separators and quotes, a leaf that stands twice,
// leaves that no row has, `*` as a leaf, equal levels, and a top with two values.
const FILES: Readonly<Record<string, string>> = {
  region: '\uFEFF"No;rth";"A;x";*\r\n"So""uth";"A;x";*\r\nEast;"B ""y""";*\r\nMid;"B ""y""";*\r\n',
  age: '0;0-1;0+;*\n1;0-1;0+;*\n2;2-3;0+;*\n3;2-3;0+;*\n3;2-3;0+;*\n4;4-5;4+;*\n99;98-99;96+;*',
  flag: '*;*;P\ny;y;P\nn;n;Q',
};
const FIELDS = Object.keys(FILES);
const tables = Object.fromEntries(FIELDS.map((field) => [field, hierarchyFromCsv(FILES[field]!, { attribute: field, duplicateLeaves: 'count' })]));
const rowsOf = fc.array(
  fc.record({ region: fc.constantFrom('No;rth', 'So"uth', 'East', 'East'), age: fc.constantFrom('0', '0', '1', '2', '3', '4'), flag: fc.constantFrom('*', 'y', 'n'), target: fc.constantFrom('a', 'a', 'b', 'c') }),
  { minLength: 2, maxLength: 40 },
);

/** The score of a node by its definition: plain lists of rows, nothing shared with the library. Undefined: too many rows are suppressed. */
function naiveScore(rows: readonly Row[], levels: readonly number[], k: number, limit: number, objective: ObjectiveOptions): readonly number[] | undefined {
  const shown = rows.map((row) => ({ ...Object.fromEntries(FIELDS.map((field, a) => [field, tables[field]!.rows.find(([leaf]) => leaf === row[field])![levels[a]!]!])), target: row['target']! }));
  const classes = [...classesBy(shown, FIELDS).values()];
  const kept = classes.filter((members) => members.length >= k);
  const lost = classes.filter((members) => members.length < k).flat();
  if (lost.length > limit) return undefined;
  if (objective.measure === 'classification') {
    let sum = lost.length;
    for (const members of kept) {
      const counts = ['a', 'b', 'c'].map((value) => members.filter((row) => row.target === value).length).sort((x, y) => y - x);
      sum += counts[0]! > counts[1]! ? 0.5 * (members.length - counts[0]!) : 0.8 * members.length;
    }
    return [sum / rows.length];
  }
  if (objective.measure !== 'loss') throw new Error('unreachable');
  const values = FIELDS.map((field, a) => {
    const file = tables[field]!.rows;
    const cost = kept.flat().reduce((sum, row) => sum + file.filter((leaf) => leaf[levels[a]!] === row[field as never]).length / file.length, lost.length);
    const least = rows.length / file.length;
    return Math.floor(1e10 * Math.max(0, (cost - least) / (rows.length - least))) / 1e10;
  });
  const weights = FIELDS.map((field) => objective.weights?.[field] ?? 0.5);
  const w = values.map((value, a) => (value * weights[a]!) / Math.max(...weights));
  switch (objective.aggregate ?? 'geometric-mean') {
    case 'geometric-mean':
      return [w.reduce((product, x) => product * (x + 1), 1) ** (1 / w.length) - 1];
    case 'arithmetic-mean':
      return [w.reduce((sum, x) => sum + x, 0) / w.length];
    case 'sum':
      return [w.reduce((sum, x) => sum + x, 0)];
    case 'maximum':
      return [Math.max(...w)];
    case 'rank':
      return w.sort((x, y) => y - x);
  }
}

const below = (a: readonly number[], b: readonly number[]): boolean => {
  const at = a.findIndex((value, i) => Math.abs(value - b[i]!) > 1e-9);
  return at >= 0 && a[at]! < b[at]!;
};

const OBJECTIVES: readonly ObjectiveOptions[] = [
  ...(['geometric-mean', 'arithmetic-mean', 'sum', 'maximum', 'rank'] as const).flatMap((aggregate) => [{ measure: 'loss', aggregate } as const, { measure: 'loss', aggregate, weights: { age: 1, region: 0.25 } } as const]),
  { measure: 'classification', target: 'target', suppressed: 1, minority: 0.5, noMajority: 0.8 },
];

test('no node is better than the plan, by a score worked out from its definition: all aggregates with weights, classification, odd files', async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, fc.constantFrom(...OBJECTIVES), fc.integer({ min: 2, max: 4 }), fc.constantFrom(0.1, 0.4, 1), async (rows, objective, k, suppressionLimit) => {
      const limit = Math.floor(suppressionLimit * rows.length);
      let best: readonly number[] | undefined;
      for (let r = 0; r <= 2; r++) for (let a = 0; a <= 3; a++) for (let f = 0; f <= 2; f++) {
        const score = naiveScore(rows, [r, a, f], k, limit, objective);
        if (score !== undefined && (best === undefined || below(score, best))) best = score;
      }
      const records = personal(rows.map((row, id) => ({ id, ...row })), { unit: 'person', unitOf: 'id' }) as never;
      const quasiIdentifiers = Object.fromEntries(FIELDS.map((field) => [field, { hierarchy: tables[field]!, duplicateLeaves: 'count' }])) as never;
      const plan = await searchPlan(records, { quasiIdentifiers, models: [{ model: 'k-anonymity', k }], suppressionLimit, objective }).then(({ figures }) => figures.plan, () => undefined);
      expect(plan === undefined).toBe(best === undefined);
      if (plan === undefined || best === undefined) return;
      const own = naiveScore(rows, plan.steps[0]!, k, limit, objective)!;
      own.forEach((value, i) => expect(value).toBeCloseTo(best[i]!, 9));
      expect(plan.check.score).toBeCloseTo(own[0]!, 9);
    }),
    { seed: 31, numRuns: 250 },
  );
});
