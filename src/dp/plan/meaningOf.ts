import { checkDeltaFrom0, checkEpsilonAbove0 } from '../accounting/checks.js';

/** What a reader who thought something about one unit may think after seeing the release, at most. */
export interface Guess {
  /** The probability that the reader gave it before. */
  readonly before: number;
  /** The most that it can become. */
  readonly after: number;
}

/** An epsilon and a delta in words and odds. Plain JSON. */
export interface Meaning {
  readonly epsilon: number;
  readonly delta: number;
  /** exp(epsilon): by how much the odds of anything about one unit can change. */
  readonly odds: number;
  readonly guesses: readonly Guess[];
  /** A reader who may be wrong about innocents this often catches one in the data at most that often. */
  readonly detection: { readonly falseAlarms: number; readonly caught: number };
  readonly text: readonly string[];
}

/**
 * What epsilon and delta mean for one unit: how far what a reader believes can move.
 *
 * Odds: whatever was known before, the odds of any statement about one unit change by at most `exp(epsilon)` when the unit
 * is in the data, but for outcomes of probability delta in all. A belief of p becomes at most
 * `p exp(epsilon) / (1 - p + p exp(epsilon))`. Detection: a test with false alarms a catches at most
 * `min(exp(epsilon) a + delta, 1 - exp(-epsilon) (1 - delta - a))` (Wasserman and Zhou 2010; Kairouz, Oh, Viswanath 2015).
 *
 * It says nothing of what is true of the group as a whole: that a habit of nearly everybody is a habit of one user, too,
 * may be learnt from any useful statistic.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`.
 * @example
 * meaningOf({ epsilon: 1, delta: 0, unit: 'user' }).guesses[0]?.after.toFixed(3); // => '0.731'
 */
export function meaningOf(o: { readonly epsilon: number; readonly delta?: number; readonly unit?: string }): Meaning {
  const epsilon = checkEpsilonAbove0(o.epsilon, 'meaningOf');
  const delta = checkDeltaFrom0(o.delta ?? 0, 'meaningOf');
  const unit = o.unit ?? 'user';
  const odds = Math.exp(epsilon);
  const guesses = [0.5, 0.1, 0.01].map((before): Guess => ({ before, after: before / (before + (1 - before) / odds) }));
  const falseAlarms = 0.05;
  const caught = Math.min(1, odds * falseAlarms + delta, 1 - (1 - delta - falseAlarms) / odds);
  const failure = delta === 0 ? '' : ` This fails with probability at most ${number(delta)}.`;
  return {
    epsilon,
    delta,
    odds,
    guesses,
    detection: { falseAlarms, caught },
    text: [
      `Whether one ${unit} is in the data changes the odds of any result by a factor of at most ${number(odds)} (epsilon ${number(epsilon)}).${failure}`,
      `A reader who thought something about one ${unit} as likely as not (50 %) is at most ${percent((guesses[0] as Guess).after)} sure after seeing the release; from 10 % at most ${percent((guesses[1] as Guess).after)}, from 1 % at most ${percent((guesses[2] as Guess).after)}.`,
      `Somebody who tests whether a given ${unit} is in the data and is wrong about 5 % of those who are not finds at most ${percent(caught)} of those who are.`,
      `What is true of ${unit}s in general may be learnt, and is meant to be.`,
    ],
  };
}

/** Three digits, for people. */
export function number(x: number): string {
  if (x === 0 || !Number.isFinite(x)) return String(x);
  const rounded = Number(x.toPrecision(3));
  return Math.abs(rounded) >= 1e6 || Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

export function percent(p: number): string {
  const x = 100 * p;
  return `${x > 99 && x < 100 ? x.toFixed(Math.min(10, 1 + Math.ceil(-Math.log10(100 - x)))) : number(x)} %`;
}
