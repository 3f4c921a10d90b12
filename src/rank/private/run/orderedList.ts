import { jointLists, type JointLists } from '../../../dp/mechanisms/selection/joint.js';
import { divideRational, rational, rationalOf } from '../../../numeric/rational.js';
import { bernoulliExp, uniformBelow, type RandomSource } from '../../../random/index.js';

/** A list is kept with at least this probability, one in so many: so the number of draws has a small mean whatever the counts. */
const KEPT = 2 ** 16;

/**
 * Chooses a ranked list at once, nearly with probability proportional to exp(-loss / scale), where the loss of a list is the most by
 * which a listed group falls short of one that stands after it or is left out. 2 / scale in epsilon for counts of units.
 *
 * The loss of `jointExponential` compares place by place, and forgives a list that leaves one group out and moves all others up.
 * This one does not, and is never smaller: so a list of that mechanism is kept with probability exp(-(what it is larger by) / scale),
 * but at least 1 / KEPT. Proof: docs/proofs/ordered-list.md.
 */
export function orderedList(counts: ArrayLike<number>, { scale, picks }: { readonly scale: number; readonly picks: number }, random: RandomSource): number[] {
  const exact = rationalOf(scale);
  const lists = jointLists(counts, divideRational(rational(1n), exact), picks);
  for (;;) {
    const places = lists.draw(random);
    const more = inversion(places, lists) - shortfall(places, lists);
    if (more === 0 || uniformBelow(KEPT, random) === 0 || bernoulliExp(divideRational(rational(BigInt(more)), exact), random)) return places.map((place) => lists.order[place]!);
  }
}

/** The most by which the group at a place falls short of the one that belongs there. */
function shortfall(places: readonly number[], { sorted }: JointLists): number {
  return places.reduce((most, place, at) => Math.max(most, sorted[at]! - sorted[place]!), 0);
}

/** The most by which a listed group falls short of one that is not listed before it. */
function inversion(places: readonly number[], { sorted }: JointLists): number {
  const listed = new Set<number>();
  let most = 0;
  let best = 0;
  for (const place of places) {
    while (listed.has(best)) best++;
    most = Math.max(most, sorted[best]! - sorted[place]!);
    listed.add(place);
  }
  return most;
}
