import { checkInteger, checkOptions, checkPositive } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import { clopperPearsonLower, clopperPearsonUpper } from '../numeric/clopperPearson.js';
import type { RandomSource } from '../random/source.js';
import { chooseEvent, happens, type AuditEvent } from './auditEvent.js';

export interface AuditOptions {
  /** Runs the whole mechanism on data with the unit and returns a figure of what it would publish. */
  readonly withUnit: (random: RandomSource) => number;
  /** The same on data without the unit. */
  readonly withoutUnit: (random: RandomSource) => number;
  /** What is claimed. */
  readonly epsilon: number;
  /** What is claimed; 0 when left out. */
  readonly delta?: number;
  /** Runs on each side. */
  readonly samples: number;
  /** A right claim is rejected with at most this probability. Divide it by the number of audits that are made. */
  readonly alpha: number;
  /** Seeded in a test that must not flake; `secureRandom()` for fresh evidence. */
  readonly random: RandomSource;
}

export interface AuditResult {
  /** True: the claim is false, up to a chance of alpha. False: nothing was found, which is no proof of the claim. */
  readonly rejected: boolean;
  /** With confidence 1 - alpha no smaller epsilon than this holds at that delta. Never above the truth by much luck: -Infinity when nothing was learnt. */
  readonly epsilonAtLeast: number;
  /** The event by which the two sides were told apart. */
  readonly event: AuditEvent;
  /** How often it happened on the side where it is more likely, and on the other, out of `tested` runs each. */
  readonly hits: { readonly likely: number; readonly unlikely: number; readonly tested: number };
}

/** This share of the samples, drawn first, chooses the event; the rest tests it. */
const PILOT = 0.2;

/**
 * Tries to refute a claim of (epsilon, delta)-differential privacy from samples of a mechanism on two neighbouring data sets.
 *
 * A first fifth of the runs chooses an event (output at least t, at most t, or equal to t; more likely with the unit or
 * without it); the other runs test it: `ln((p1 - delta) / p0)` with Clopper-Pearson bounds at alpha/2 each. The data that
 * choose are not the data that test, so the chance of rejecting a right claim is at most alpha, whatever was chosen.
 *
 * **What a pass means:** a lower bound on epsilon at that confidence, on these two data sets, by this one figure of the output.
 * It is never a proof, and a delta below about 10 / samples cannot be tested at all. At 1e6 samples and alpha 1e-6 a
 * Laplace count whose scale is 2 % short is found; a mechanism that is right is not rejected.
 *
 * @throws {TokumeiError} `TOKUMEI_EPSILON_RANGE`, `TOKUMEI_DELTA_RANGE`, `TOKUMEI_AUDIT` for samples below 100, alpha outside (0, 1) or an output that is NaN.
 * @see Canonne, Kamath and Steinke 2020 for the hockey-stick; Clopper and Pearson 1934; Jagielski, Ullman and Oprea 2020 for the two stages.
 * @example
 * const noise = discreteLaplaceMechanism({ scale: 0.5 }); // half of what epsilon 1 needs
 * auditEpsilon({
 *   withUnit: (random) => noise.add(1, random), withoutUnit: (random) => noise.add(0, random),
 *   epsilon: 1, samples: 20_000, alpha: 1e-6, random: seededRandom(1),
 * }).rejected; // => true
 */
export function auditEpsilon(options: AuditOptions): AuditResult {
  const where = 'auditEpsilon';
  const { withUnit, withoutUnit, random, delta = 0 } = checkOptions(options, where);
  const epsilon = checkPositive(options.epsilon, where, 'epsilon', 'TOKUMEI_EPSILON_RANGE');
  if (!(delta >= 0 && delta < 1)) throw new TokumeiError('TOKUMEI_DELTA_RANGE', { where, parameter: 'delta', expected: 'from 0 to below 1', received: delta });
  const samples = checkInteger(options.samples, where, 'samples', 'TOKUMEI_AUDIT', 100, 2 ** 32);
  const alpha = checkPositive(options.alpha, where, 'alpha', 'TOKUMEI_AUDIT');
  if (alpha >= 1) throw new TokumeiError('TOKUMEI_AUDIT', { where, parameter: 'alpha', expected: 'between 0 and 1', received: alpha });

  const pilot = Math.ceil(samples * PILOT);
  const event = chooseEvent(draw(withUnit, pilot, random), draw(withoutUnit, pilot, random), delta);
  const tested = samples - pilot;
  const [likely, unlikely] = event.likelier === 'with' ? [withUnit, withoutUnit] : [withoutUnit, withUnit];
  const hits = { likely: count(likely, tested, event, random), unlikely: count(unlikely, tested, event, random), tested };
  const epsilonAtLeast = epsilonLowerBound({ ...hits, delta, alpha });
  return { rejected: epsilonAtLeast > epsilon, epsilonAtLeast, event, hits };
}

/**
 * With confidence 1 - alpha, no epsilon below this is true when an event happened `likely` times on one side and `unlikely`
 * times on the other, out of `tested` each: `ln((p1_lower - delta) / p0_upper)`, Clopper-Pearson at alpha/2 each.
 *
 * @example
 * epsilonLowerBound({ likely: 5000, unlikely: 1800, tested: 10_000, delta: 0, alpha: 0.05 }).toFixed(5); // => '0.96001'
 */
export function epsilonLowerBound(o: { readonly likely: number; readonly unlikely: number; readonly tested: number; readonly delta: number; readonly alpha: number }): number {
  const p1 = clopperPearsonLower(o.likely, o.tested, o.alpha / 2);
  const p0 = clopperPearsonUpper(o.unlikely, o.tested, o.alpha / 2);
  return p1 > o.delta ? Math.log((p1 - o.delta) / p0) : -Infinity;
}

function draw(run: (random: RandomSource) => number, n: number, random: RandomSource): Float64Array {
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) out[i] = checked(run(random));
  return out;
}

function count(run: (random: RandomSource) => number, n: number, event: AuditEvent, random: RandomSource): number {
  let hits = 0;
  for (let i = 0; i < n; i++) if (happens(event, checked(run(random)))) hits++;
  return hits;
}

function checked(value: number): number {
  if (typeof value === 'number' && !Number.isNaN(value)) return value;
  throw new TokumeiError('TOKUMEI_AUDIT', { where: 'auditEpsilon', message: 'the mechanism must return a number that is not NaN' });
}
