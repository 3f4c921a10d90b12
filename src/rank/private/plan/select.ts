import { exponentialMechanism } from '../../../dp/mechanisms/selection/exponential.js';
import { jointExponential } from '../../../dp/mechanisms/selection/joint.js';
import { limitedDomain } from '../../../dp/mechanisms/selection/limitedDomain.js';
import { permuteAndFlip } from '../../../dp/mechanisms/selection/permuteAndFlip.js';
import { choiceGap } from './gaps.js';
import type { SelectionDesign } from './types.js';

/** Within these lengths a list is better chosen at once than place by place: measured in docs/decisions/rank-planner.md. */
const SHORTEST_JOINT = 3;
const LONGEST_JOINT = 10;
/** As many steps as take some tenths of a second; the mechanism itself refuses several times more. */
const MOST_JOINT_STEPS = 500_000;

/** Names in order, for an account in rho: the exponential mechanism, peeled (the same as Gumbel noise once). */
export function exponentialDesign(picks: number, rho: number): SelectionDesign {
  const { scale } = exponentialMechanism({ rho, sensitivity: 1, monotone: true, picks });
  return { mechanism: 'exponential', picks, scale, rho, gap: choiceGap(scale) };
}

/** Names in order, in pure differential privacy: the whole list at once where it is short and not too short, else one by one. */
export function pureDesign(picks: number, epsilon: number, candidates: number): SelectionDesign {
  const peeled = permuteAndFlip({ epsilon, sensitivity: 1, monotone: true, picks });
  const oneByOne: SelectionDesign = { mechanism: 'permute-and-flip', picks, scale: peeled.scale, gap: choiceGap(peeled.scale) };
  if (picks < SHORTEST_JOINT || picks > LONGEST_JOINT) return oneByOne;
  const { scale } = jointExponential({ epsilon, sensitivity: 1, picks });
  const losses = scale * (picks * Math.log(candidates + 1) + 45 + Math.log(scale + 2));
  if (!(losses * picks <= MOST_JOINT_STEPS)) return oneByOne;
  // There are fewer than candidates^picks lists. One that is short by more than t somewhere has weight below exp(-t / scale).
  return { mechanism: 'joint-exponential', picks, scale, gap: scale * (picks * Math.log(candidates) + Math.log(20)) };
}

/** Undeclared names: the largest 20 times as many counts are read. */
export function limitedDesign(picks: number, rho: number, delta: number): SelectionDesign {
  const domain = 20 * picks;
  // picks mechanisms of bounded range epsilon / picks each cost epsilon^2 / (8 picks) in rho.
  const epsilon = Math.sqrt(8 * rho * picks) * (1 - 2 ** -40);
  const { scale, margin } = limitedDomain({ epsilon, delta, picks, domain });
  return { mechanism: 'limited-domain', picks, scale, epsilon, domain, margin, delta, rho, gap: choiceGap(scale) };
}
