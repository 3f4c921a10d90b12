// The aggregates, from rows to the published line: 10,000 declared keys, whose noise is independent, make 10,000 samples a call. With: in
// each key one unit at its bounds, besides `others`; without: the others alone. The figure is read off the line. See mechanisms.mjs.
import { dpBounds, dpCountRows, dpCountUnits, dpDistinct, dpHistogram, dpMean, dpQuantiles, dpSum, dpVariance, dpVectorSum, privacyBudget, publicKeys, secureRandom } from 'tokumei/dp';
import { personal } from 'tokumei';
import { reveal } from 'tokumei/testing';
import { beyond, exactDelta, fineDelta } from './mechanisms.mjs';

const random = secureRandom();
const EPSILON = 2;
const KEYS = Array.from({ length: 10_000 }, (_, i) => `k${i}`);
const byPure = (share) => ({ epsilon: EPSILON / share });
/** rho 1/8: sigma is twice what the unit moves. */
const byRho = (share) => ({ rho: 1 / 8 / share ** 2 });

function aggregate(of, budget, { rows, figure, others = [], each = KEYS }) {
  const keys = publicKeys(each);
  return (share) => {
    const data = [others, [...others, ...rows]].map((list) =>
      personal(each.flatMap((key) => list.map(({ unit = 'one', x = 0, y = 0 }) => ({ user: `${key} ${unit}`, key, x, y }))), { unit: 'user', unitOf: 'user', fields: ['key', 'x', 'y'] }));
    return (side) => {
      const spend = privacyBudget({ unit: 'user', ...budget(share) });
      const lines = reveal(of({ by: 'key', keys, groupsPerUnit: 1, spend, random })(data[side])).value;
      const out = new Float64Array(lines.length);
      for (let i = 0; i < out.length; i++) out[i] = figure(lines[i]);
      return out;
    };
  };
}
const people = (at) => at.map((x, i) => ({ unit: `other ${i}`, x }));
const repeat = (x, times) => new Array(times).fill(x);
const range = { value: 'x', lower: 0, upper: 1, rowsPerGroup: 1 };

/** NaN, on which nobody guesses, where noise took one of the other numbers behind a line below zero, so that the line does not show ours. */
const upperPart = ({ mean, count }) => (mean < 1 ? mean * count : NaN);
function upperSquare({ mean, variance, count }) {
  const middle = mean * (1 - mean) - variance;
  return variance > 0 && middle > 1e-9 && (1 - mean) ** 2 + variance > 1e-9 ? count * (mean - middle) : NaN;
}

/** `base`: what the figure is without the unit, before noise. */
const FORMS = {
  dpCountUnits: { of: dpCountUnits, rows: [{}], figure: ({ count }) => count, step: 1 },
  dpCountRows: { of: (o) => dpCountRows({ ...o, rowsPerGroup: 3 }), audited: 'the unit has 3 rows, rowsPerGroup 3', rows: [{}, {}, {}], figure: ({ count }) => count, moved: 3, step: 1 },
  dpDistinct: { of: (o) => dpDistinct({ ...o, value: 'x', valuesPerGroup: 2 }), audited: 'the unit has 2 values, valuesPerGroup 2', rows: [{ x: 1 }, { x: 2 }], figure: ({ distinct }) => distinct, moved: 2, step: 1 },
  dpSum: { of: (o) => dpSum({ ...o, value: 'x', lower: 0, upper: 10, step: 1 }), audited: '0 to 10, step 1, the unit has 10', rows: [{ x: 10 }], figure: ({ sum }) => sum, moved: 10, step: 1 },
  dpVectorSum: { of: (o, norm) => dpVectorSum({ ...o, values: ['x', 'y'], norm, bound: 1 }), audited: 'two fields, bound 1, the unit has (1, 0); the first sum', rows: [{ x: 1 }], figure: ({ sums }) => sums[0], step: 2 ** -23 },
  dpHistogram: { of: (o) => dpHistogram({ ...o, value: 'x', edges: [0, 1, 2], rowsPerGroup: 1 }), audited: 'two bins; the count of the first', rows: [{ x: 0.5 }], figure: ({ counts }) => counts[0], step: 2 ** -20 },
  dpMean: { of: (o) => dpMean({ ...o, ...range }), audited: 'mean times count: the number of the upper end', rows: [{ x: 1 }], figure: upperPart, base: 2, step: 2 ** -20, others: (wide) => people([...repeat(0, 4 * wide), 1, 1]) },
  dpVariance: { of: (o) => dpVariance({ ...o, ...range }), audited: 'the number of the upper end, got back from mean, variance and count', rows: [{ x: 1 }], figure: upperSquare, base: 3, step: 2 ** -20, others: (wide) => people([...repeat(0, 3 * wide), ...repeat(0.5, 4 * wide), ...repeat(1, 3 - wide)]) },
  dpQuantiles: { of: (o) => dpQuantiles({ ...o, value: 'x', edges: [0, 1], ranks: [0.5], rowsPerGroup: 1 }), audited: 'one leaf (a tree of one level); the count', rows: [{ x: 0.5 }], figure: ({ count }) => count, base: 2, step: 2 ** -20, others: () => people([0, 0]) },
};

export const PURE_AGGREGATES = [
  ...Object.entries(FORMS).map(([name, { of, audited, moved = 1, base = 0, others, ...form }]) => ({
    name,
    audited,
    epsilon: EPSILON,
    of: aggregate((o) => of(o, 'l1'), byPure, { ...form, others: others?.(1) }),
    verdict: beyond(base, base + moved),
  })),
  {
    // One line for all groups, a release for each sample: the sides part where a count reaches what surely is no noise.
    name: 'dpBounds', epsilon: EPSILON, audited: 'a tree of one level, one group; whether the range begins at 0', slow: true,
    of: boundsOf(), verdict: (lower) => (lower === 0 ? 1 : 0),
  },
];

/** As many others as bring the count to where the answer turns: found by asking without noise that matters, from public figures. */
function boundsOf() {
  const of = (o) => dpBounds({ ...o, value: 'x', leastPower: 0, largestPower: 0 });
  const figure = ({ lower }) => lower;
  const turns = (n) => aggregate(of, () => ({ epsilon: EPSILON }), { rows: [], figure, others: people(repeat(1, n)), each: ['k'] })(1);
  return (share) => aggregate(of, byPure, { rows: [{ x: 1 }], figure, others: people(repeat(1, turningPoint(turns))), each: ['k'] })(share);
}

function turningPoint(turns) {
  for (let n = 1; ; n++) {
    const draw = turns(n + 1);
    let above = 0;
    for (let i = 0; i < 2000; i++) above += draw(0)[0] === 0 ? 1 : 0;
    if (above > 1000) return n;
  }
}

const DELTAS = { dpCountUnits: exactDelta(1), dpCountRows: exactDelta(3), dpDistinct: exactDelta(2), dpSum: exactDelta(10) };

export const APPROXIMATE_AGGREGATES = Object.entries(FORMS).map(([name, { of, audited, moved = 1, base = 0, step, others, ...form }]) => ({
  name: `${name}, Gaussian`,
  audited,
  moved,
  base,
  step,
  delta: DELTAS[name] ?? fineDelta,
  of: aggregate((o) => of({ ...o, noise: 'gaussian' }, 'l2'), byRho, { ...form, others: others?.(2) }),
}));
