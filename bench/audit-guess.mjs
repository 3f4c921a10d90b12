// Audits from histograms of small whole numbers, many samples a call. Three questions, each with a false alarm of at most alpha:
// - is a claim of pure epsilon false? A coin decides for each sample whether it comes from data with the unit or without; whatever
//   the output, the side is guessed rightly with probability at most e^eps / (1 + e^eps), so the right ones among K guesses are at
//   most Binomial(K, that) (Steinke, Nasr and Jagielski 2023, for fresh noise each time). Both tails of a law count together.
// - is a claim of (epsilon, delta) false? p1 - e^eps p0 for one tail, Clopper-Pearson at alpha/2 each.
// - is a probability not what the law says? Clopper-Pearson at alpha/2 a side.
// A first fifth of the samples chooses what is tested on the rest, so the choice costs nothing.
import { clopperPearsonLower, clopperPearsonUpper } from '../dist/numeric/clopperPearson.js';

const BINS = 4096; // figures are clamped to -2048 … 2047, which is post-processing
const BLOCK = 32_768;
const PILOT = 0.2;

/** `draw(side, n)` gives at least n independent figures of what is published, with the unit (1) or without (0). */
function tally(draw, side, n) {
  const counts = new Float64Array(BINS);
  for (let left = n; left > 0; ) {
    const figures = draw(side, Math.min(left, BLOCK));
    const take = Math.min(left, figures.length);
    for (let i = 0; i < take; i++) counts[Math.max(0, Math.min(BINS - 1, figures[i] + BINS / 2))]++;
    left -= take;
  }
  return counts;
}

function heads(n, random) {
  let sum = 0;
  for (let left = n; left > 0; left -= 32) {
    let word = random.uint32() >>> Math.max(0, 32 - left);
    for (; word !== 0; word &= word - 1) sum++;
  }
  return sum;
}

/** The end of Wilson's interval, z standard errors to that side. */
const wilson = (hits, n, z) => (hits + (z * z) / 2 + z * Math.sqrt(hits * (1 - hits / n) + (z * z) / 4)) / (n + z * z);
const logit = (p) => Math.log(p / (1 - p));

function bothSides(draw, total, random) {
  const ones = heads(total, random);
  return [tally(draw, 0, total - ones), tally(draw, 1, ones)];
}

/**
 * Which side to guess for each bin, or none (-1): whichever of two kinds of choice has the larger bound, so many standard errors to the
 * careful side. With less care the choice falls on thin tails that look extreme by luck, and the test then finds nothing.
 */
const CARE = 6;
function chooseGuesses(pilot) {
  const [a, b] = [guessTails(pilot, CARE), guessBins(pilot, CARE)];
  return a.bound > b.bound ? a.guesses : b.guesses;
}

/** The clearest bins, as many as make the bound largest: for answers that have no order. */
function guessBins([without, withUnit], z) {
  const bins = [];
  for (let bin = 0; bin < BINS; bin++) {
    const [a, b] = [without[bin], withUnit[bin]];
    if (a + b > 0) bins.push({ bin, side: b > a ? 1 : 0, right: Math.max(a, b), all: a + b, score: wilson(Math.max(a, b), a + b, -CARE) });
  }
  bins.sort((x, y) => y.score - x.score);
  const guesses = new Int8Array(BINS).fill(-1);
  let [right, all, bound, last] = [0, 0, -Infinity, -1];
  bins.forEach((one, i) => {
    right += one.right;
    all += one.all;
    const here = wilson(right, all, -z);
    if (here > bound) [bound, last] = [here, i];
  });
  for (const { bin, side } of bins.slice(0, last + 1)) guesses[bin] = side;
  return { bound, guesses };
}

/** With the unit from one place upward, without it up to another: for noise. */
function guessTails([without, withUnit], z) {
  const [a, b] = [runningSum(without), runningSum(withUnit)];
  const [sumA, sumB] = [a[BINS - 1], b[BINS - 1]];
  // Some 400 places at most, a 400th of all samples apart.
  const places = [];
  for (let bin = 0, reached = 0; bin < BINS; bin++) {
    if (a[bin] + b[bin] < reached) continue;
    if (without[bin] + withUnit[bin] === 0) continue;
    places.push(bin);
    reached = a[bin] + b[bin] + (sumA + sumB) / 400;
  }
  let [bound, low, high] = [-Infinity, -1, BINS];
  for (const i of places) {
    for (const j of places) {
      if (j <= i) continue;
      const right = a[i] + sumB - b[j - 1];
      const here = wilson(right, right + b[i] + sumA - a[j - 1], -z);
      if (here > bound) [bound, low, high] = [here, i, j];
    }
  }
  return { bound, guesses: Int8Array.from({ length: BINS }, (_, bin) => (bin <= low ? 0 : bin >= high ? 1 : -1)) };
}

function runningSum(counts) {
  let sum = 0;
  return counts.map((n) => (sum += n));
}

/** No smaller pure epsilon than this, with confidence 1 - alpha, from `samples` a side on average. */
export function pureAudit({ draw, samples, alpha, random }) {
  const total = 2 * samples;
  const pilot = Math.ceil(total * PILOT);
  const guesses = chooseGuesses(bothSides(draw, pilot, random));
  const tallies = bothSides(draw, total - pilot, random);
  let [right, all] = [0, 0];
  guesses.forEach((side, bin) => {
    if (side < 0) return;
    right += tallies[side][bin];
    all += tallies[0][bin] + tallies[1][bin];
  });
  return all === 0 ? -Infinity : logit(clopperPearsonLower(right, all, alpha));
}

/** No smaller delta than this at epsilon, with confidence 1 - alpha; may be negative. Tails alone: the ratio of Gaussians rises throughout. */
export function deltaAudit({ draw, epsilon, samples, alpha }) {
  const pilot = Math.ceil(samples * PILOT);
  const odds = Math.exp(epsilon);
  const a = tally(draw, 0, pilot);
  const b = tally(draw, 1, pilot);
  let [seldom, often, best, from] = [0, 0, -Infinity, 0];
  for (let bin = BINS - 1; bin >= 0; bin--) {
    seldom += a[bin];
    often += b[bin];
    const bound = wilson(often, pilot, -2) - odds * wilson(seldom, pilot, 2);
    if (bound > best) [best, from] = [bound, bin];
  }
  const n = samples - pilot;
  const hits = [0, 1].map((side) => tally(draw, side, n).subarray(from).reduce((x, y) => x + y, 0));
  return clopperPearsonLower(hits[1], n, alpha / 2) - odds * clopperPearsonUpper(hits[0], n, alpha / 2);
}

/** Whether the share of figures that are 1 is surely not `probability`. */
export function lawAudit({ draw, probability, samples, alpha }) {
  const hits = tally(draw, 1, samples)[BINS / 2 + 1];
  return clopperPearsonLower(hits, samples, alpha / 2) > probability || clopperPearsonUpper(hits, samples, alpha / 2) < probability;
}

/**
 * How many samples a side any test of the claim needs where a choice of bounded range is short: at an event of probability r
 * without the unit its ratio is at most e^e / (1 + r (e^e - 1)), with e what is spent in truth. 1.3 standard errors above z: nine in ten.
 */
export function samplesForRange(epsilon, short, alpha) {
  const spent = epsilon / (1 - short);
  let least = Infinity;
  for (let r = 1e-5; r < 0.5; r *= 1.02) {
    const ratio = Math.exp(spent) / (1 + r * Math.expm1(spent));
    const margin = Math.log(ratio) - epsilon;
    if (margin <= 0) break;
    const q = 1 / (1 + Math.exp(-epsilon));
    const guesses = r * (1 + ratio); // for each sample a side
    least = Math.min(least, ((Math.sqrt(-2 * Math.log(alpha)) + 1.3) / margin) ** 2 / (q * (1 - q)) / guesses);
  }
  return Math.round(least);
}
