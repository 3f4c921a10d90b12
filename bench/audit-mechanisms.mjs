// measure -- audit-mechanisms [--samples 1000000] [--runs 30] [--only NAME] [--short 0.02] [--delta-short 0.1]
// Tries to refute each claim on neighbouring data, as claimed and with a planted shortfall, and prints in how many of R runs it was
// rejected. `--only` takes a whole name or the beginning of several. A claim that is never rejected is not proved: see docs/proofs for that.
// In a line: `claim` is the test of what is claimed, with what is claimed and with noise that is `short`; `law` the test of the exact
// law, of one output's probability or of the noise by chi-square. Samples are a side.
import { parseArgs } from 'node:util';
import { noiseSurvival, secureRandom } from 'tokumei/dp';
import { chiSquare } from 'tokumei/testing';
import { APPROXIMATE_AGGREGATES, PURE_AGGREGATES } from './audited/aggregates.mjs';
import { APPROXIMATE_MECHANISMS, CURVE_EPSILON, gaussianTail, PURE_MECHANISMS } from './audited/mechanisms.mjs';
import { deltaAudit, lawAudit, mostForRange, pureAudit, rangeAudit } from './support/refute.mjs';

const ALPHA = 1e-6;
/** Of a standard normal: above it with probability 1e-6. */
const NORMAL = 4.753424308822899;
/** Chi-square and probabilities need no more samples than this. */
const LAW_SAMPLES = 400_000;

export function run(args) {
  const standard = (text) => ({ type: 'string', default: text });
  const { values } = parseArgs({ args, options: { samples: standard('1000000'), runs: standard('30'), only: standard(''), short: standard('0.02'), 'delta-short': standard('0.1') } });
  const [samples, runs, short, deltaShort] = [values.samples, values.runs, values.short, values['delta-short']].map(Number);
  if (!(Number.isSafeInteger(samples) && samples >= 1000 && Number.isSafeInteger(runs) && runs > 0)) throw new Error('--samples (at least 1000) and --runs are whole numbers');
  if (![short, deltaShort].every((x) => x > 0 && x < 1)) throw new Error('--short and --delta-short are shares');
  const all = [...PURE_MECHANISMS, ...PURE_AGGREGATES, ...APPROXIMATE_MECHANISMS, ...APPROXIMATE_AGGREGATES];
  const named = all.some(({ name }) => name === values.only);
  const chosen = (list) => list.filter(({ name }) => (named ? name === values.only : name.startsWith(values.only)));
  const random = secureRandom();
  const few = Math.min(samples, LAW_SAMPLES);

  /** In how many runs `audit` says more than `claimed`, and the most that it said. */
  const count = (audit, claimed) => {
    let [rejected, atLeast] = [0, -Infinity];
    for (let i = 0; i < runs; i++) {
      const bound = audit();
      if (bound > claimed) rejected++;
      atLeast = Math.max(atLeast, bound);
    }
    return { rejected, of: runs, atLeast: round(atLeast) };
  };
  /** The same with what is claimed and with noise that is short. */
  const both = (of, share, audit, claimed) => {
    const of1 = (draw) => count(() => audit(draw), claimed);
    return { claim: of1(of(1)), short: of1(of(1 - share)) };
  };
  const timed = (line) => {
    const start = process.cpuUsage();
    const made = line();
    const { user, system } = process.cpuUsage(start);
    process.stderr.write(`${((user + system) / 1e6).toFixed(0)} s: ${JSON.stringify(made)}\n`); // a long run that is cut off has said what it found
    return made;
  };

  const pure = ({ name, audited, epsilon, of, verdict, range, law }) => timed(() => {
    const line = { name, audited, ...(range ? { range: epsilon } : { epsilon }) };
    const test = range ? rangeAudit : pureAudit;
    Object.assign(line, both(of, short, (draw) => test({ draw, verdict, samples, alpha: ALPHA, random }), epsilon));
    if (range) line.epsilonOutOfReach = mostForRange(short, samples);
    if (law !== undefined) line.law = both(law.of, short, (draw) => (lawAudit({ ...law, draw, samples: few, alpha: ALPHA }) ? 1 : 0), 0);
    return line;
  });
  const approximate = ({ name, audited, delta, of, moved, base = 0, step }) => timed(() => ({
    name,
    audited,
    epsilon: CURVE_EPSILON,
    delta,
    ...both(of, deltaShort, (draw) => deltaAudit({ draw, verdict: ((tail) => (x) => tail(x - base))(gaussianTail(moved)), epsilon: CURVE_EPSILON, samples, alpha: ALPHA }), delta),
    law: both(of, deltaShort, (draw) => gaussianFit({ draw, sigma: (2 * moved) / step, step, base, samples: few / 2 }), NORMAL),
  }));
  return {
    alpha: ALPHA,
    samples,
    shortBy: short,
    deltaShortBy: deltaShort,
    pure: [...chosen(PURE_MECHANISMS), ...chosen(PURE_AGGREGATES)].map(pure),
    approximate: [...chosen(APPROXIMATE_MECHANISMS), ...chosen(APPROXIMATE_AGGREGATES)].map(approximate),
  };
}

/**
 * Chi-square, as a standard normal, of noise that was published, in steps, against the exact law at the sigma that is claimed: in cells of
 * an eighth of sigma or one step. What a line does not show for being below zero, or not at all, is left out on both sides.
 */
function gaussianFit({ draw, sigma, step, base, samples }) {
  const width = Math.max(1, Math.round(sigma / 8));
  const from = base > 0 ? 0 : -Math.floor((4 * sigma) / width);
  const cells = Math.floor((4 * sigma) / width) - from;
  const seen = new Float64Array(cells);
  let rest = 0;
  for (let left = samples; left > 0; ) {
    const figures = draw(0, Math.min(left, 32_768));
    for (const x of figures) {
      const cell = Math.floor(Math.round((x - base) / step) / width) - from;
      if (cell >= 0 && cell < cells) seen[cell]++;
      else if (!Number.isNaN(x) && (cell >= cells || base === 0)) rest++;
    }
    left -= figures.length;
  }
  const beyond = (k) => noiseSurvival({ law: 'discrete-gaussian', sigma }, k * width);
  const shown = base > 0 ? beyond(from) : 1;
  const probabilities = seen.map((_, i) => (beyond(i + from) - beyond(i + from + 1)) / shown);
  return chiSquare(seen, probabilities, rest).z;
}

const round = (x) => Math.round(x * 1e4) / 1e4;
