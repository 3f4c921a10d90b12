import { correlatedGaussian } from '../../../dp/mechanisms/noise/correlatedGaussian.js';
import type { NoisePort } from '../../../dp/mechanisms/port.js';
import { exponentialMechanism } from '../../../dp/mechanisms/selection/exponential.js';
import { limitedDomain } from '../../../dp/mechanisms/selection/limitedDomain.js';
import { permuteAndFlip } from '../../../dp/mechanisms/selection/permuteAndFlip.js';
import type { RandomSource } from '../../../random/index.js';
import type { MeasurementDesign, RankingPlan, SelectionDesign } from '../plan/types.js';
import type { AnyKey, ExactGroups } from './exact.js';
import { orderedList } from './orderedList.js';

/** What comes out of a plan, protected. */
export interface Outcome {
  /** The groups that were chosen, in the order of the choice; all declared ones where nothing was chosen. */
  readonly keys: readonly AnyKey[];
  /** Their noisy counts, where the plan measures. */
  readonly counts: Float64Array | null;
  /** A survey's noisy counts of the groups that were not looked at again. */
  readonly others: Float64Array | null;
}

/** Carries a plan out. Everything that depends on data goes through the port. */
export function runPlan(plan: RankingPlan, exact: ExactGroups, port: NoisePort, random: RandomSource): Outcome {
  const { selection, measurement, survey } = plan;
  const all = exact.keys.map((_, i) => i);
  if (survey !== null) return resurvey(survey, measurement!, exact, port, random);
  const chosen = selection === null ? all : choose(selection, exact, port);
  const counts = measurement === null ? null : measure(measurement, chosen, exact, port, random);
  return { keys: chosen.map((i) => exact.keys[i]!), counts, others: null };
}

function resurvey(survey: MeasurementDesign, measurement: MeasurementDesign, exact: ExactGroups, port: NoisePort, random: RandomSource): Outcome {
  const all = exact.keys.map((_, i) => i);
  const first = measure(survey, all, exact, port, random);
  // Equal counts stay in the declared order, which is public.
  const order = all.sort((a, b) => first[b]! - first[a]! || a - b);
  const best = order.slice(0, measurement.size!);
  const counts = measure(measurement, best, exact, port, random);
  return { keys: best.map((i) => exact.keys[i]!), counts, others: Float64Array.from(order.slice(best.length), (i) => first[i]!) };
}

/** Positions of the chosen groups, in order. */
function choose(design: SelectionDesign, exact: ExactGroups, port: NoisePort): readonly number[] {
  const { mechanism, picks, scale } = design;
  const law = `${mechanism}, scale ${scale}, ${picks} picks`;
  const request = { values: exact.counts, keys: exact.keys, sensitivity: 1, picks };
  if (mechanism === 'limited-domain') {
    const limited = limitedDomain({ epsilon: design.epsilon!, delta: design.delta!, picks, domain: design.domain! });
    // Keys are in the order of their contents, so positions compare as keys do.
    const choice = (values: ArrayLike<number>, source: RandomSource): number[] => limited.choose(values, (a, b) => a - b, source);
    return port.choose({ ...request, newKeys: Infinity, law: `${law}, domain ${design.domain!}, margin ${design.margin!}`, choose: choice });
  }
  if (mechanism === 'joint-exponential') return port.choose({ ...request, law, choose: (values, source) => orderedList(values, { scale, picks }, source) });
  const chooser = (mechanism === 'exponential' ? exponentialMechanism : permuteAndFlip)({ scale, picks });
  return port.choose({ ...request, law, choose: (values, source) => chooser.choose(values, source) });
}

/** Noisy counts of some groups, each unit in any number of them. */
function measure({ mechanism, size, noise, rho }: MeasurementDesign, positions: readonly number[], exact: ExactGroups, port: NoisePort, random: RandomSource): Float64Array {
  const keys = positions.map((i) => exact.keys[i]!);
  const counts = Float64Array.from(positions, (i) => exact.counts[i]!);
  if (mechanism === 'discrete-laplace' && noise.law === 'discrete-laplace') {
    return port.laplace({ values: counts, keys, sensitivity: size!, scale: noise.scale });
  }
  // A choice may find fewer groups than were asked for: the rest is measured as empty, so that the noise is that of the plan.
  const padded = new Float64Array(size!);
  padded.set(counts);
  const named = counts.length === size ? { keys } : {};
  const measured = correlatedGaussian({ size: size!, rho: rho! }).measure({ counts: padded, units: exact.units, ...named }, random);
  return measured.counts.subarray(0, counts.length);
}
