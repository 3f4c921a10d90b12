// Tests that can refute a claim, each with a false alarm of at most alpha. `draw(side, n)` gives at least n independent figures of
// what is published, with the unit (1) or without (0); they see nothing else. Which outputs are looked at follows from the law that
// is claimed, so that no sample is spent on choosing: a guess is made only where the privacy loss is as large as the claim allows,
// and elsewhere none, for each guess at a smaller loss hides what is short.
import { clopperPearsonLower, clopperPearsonUpper } from '../../dist/numeric/clopperPearson.js';

const BLOCK = 32_768;

/** How often each verdict (-1 to 1 or more) falls on n figures of one side. */
function tally(draw, side, n, verdict) {
  const counts = {};
  for (let left = n; left > 0; ) {
    const figures = draw(side, Math.min(left, BLOCK));
    const take = Math.min(left, figures.length);
    for (let i = 0; i < take; i++) {
      const said = verdict(figures[i]);
      counts[said] = (counts[said] ?? 0) + 1;
    }
    left -= take;
  }
  return (said) => counts[said] ?? 0;
}

/** Both sides; a fair coin says for each of 2 n samples where it comes from. */
function bothSides(draw, n, verdict, random) {
  let ones = 0;
  for (let left = 2 * n; left > 0; left -= 32) {
    let word = random.uint32() >>> Math.max(0, 32 - left);
    for (; word !== 0; word &= word - 1) ones++;
  }
  return [tally(draw, 0, 2 * n - ones, verdict), tally(draw, 1, ones, verdict)];
}

const logit = (p) => Math.log(p / (1 - p));

/**
 * No smaller pure epsilon than this, with confidence 1 - alpha. `verdict` guesses the side, 0 or 1, or abstains with -1: whatever
 * the output, a guess is right with probability at most e^eps / (1 + e^eps), so the right ones among K are at most
 * Binomial(K, that) (Steinke, Nasr and Jagielski 2023, for fresh noise each time).
 */
export function pureAudit({ draw, verdict, samples, alpha, random }) {
  const [without, withUnit] = bothSides(draw, samples, verdict, random);
  const right = without(0) + withUnit(1);
  const all = right + without(1) + withUnit(0);
  return all === 0 ? -Infinity : logit(clopperPearsonLower(right, all, alpha));
}

/**
 * No smaller range than this, with confidence 1 - alpha: the claim of a choice in proportion to exp(score / scale), on which its price in
 * rho rests, is that the losses of any two outputs differ by at most epsilon. `verdict` is 1 for outputs that the unit makes
 * likelier, 0 for those it makes rarer, else -1; the odds of the sides after the one and after the other are bounded at alpha/2 each.
 */
export function rangeAudit({ draw, verdict, samples, alpha, random }) {
  const [without, withUnit] = bothSides(draw, samples, verdict, random);
  const after = (said, bound) => bound(withUnit(said), withUnit(said) + without(said), alpha / 2);
  return logit(after(1, clopperPearsonLower)) - logit(after(0, clopperPearsonUpper));
}

/** No smaller delta than this at epsilon, with confidence 1 - alpha; may be negative. `verdict` is 1 where the loss is above epsilon. */
export function deltaAudit({ draw, verdict, epsilon, samples, alpha }) {
  const [seldom, often] = [0, 1].map((side) => tally(draw, side, samples, verdict)(1));
  return clopperPearsonLower(often, samples, alpha / 2) - Math.exp(epsilon) * clopperPearsonUpper(seldom, samples, alpha / 2);
}

/** Whether the share of figures of which `verdict` says 1 is surely not `probability`. */
export function lawAudit({ draw, verdict, probability, samples, alpha }) {
  const hits = tally(draw, 1, samples, verdict)(1);
  return clopperPearsonLower(hits, samples, alpha / 2) > probability || clopperPearsonUpper(hits, samples, alpha / 2) < probability;
}

/**
 * How many standard errors a shortfall can show by, at the most, where a choice of bounded range is tested for pure epsilon: an event of
 * probability r without the unit has a ratio of at most e^e / (1 + r (e^e - 1)), with e what is spent in truth; over all r and all epsilons.
 * Alpha 1e-6 takes 4.75 of them before anything is rejected.
 */
export function mostForRange(short, samples) {
  let most = { standardErrors: 0 };
  for (let epsilon = 0.25; epsilon <= 12; epsilon += 0.25) {
    const spent = epsilon / (1 - short);
    const q = 1 / (1 + Math.exp(-epsilon));
    for (let r = 1e-9; r < 0.5; r *= 1.02) {
      const ratio = Math.exp(spent) / (1 + r * Math.expm1(spent));
      const guesses = samples * r * (1 + ratio);
      const standardErrors = (ratio / (1 + ratio) - q) * Math.sqrt(guesses / (q * (1 - q)));
      if (standardErrors > most.standardErrors) most = { standardErrors, epsilon, probability: r };
    }
  }
  return most;
}
