// One chart out of several published ones, by five rules, and how far the charts agree.
import { ballotOf, borda, copeland, dowdall, kemeny, rankBiasedOverlap, schulze, topKKendall, type Ballot } from 'tokumei/rank';

// Three published lists of a month; nothing is private any more, so nothing is spent.
const weeks: Ballot<string>[] = [
  ballotOf([{ key: 'maps', rank: 1 }, { key: 'mail', rank: 2 }, { key: 'photos', rank: 3 }, { key: 'news', rank: 4 }, { key: 'music', rank: 5 }]),
  ballotOf([{ key: 'mail', rank: 1 }, { key: 'maps', rank: 2 }, { key: 'news', rank: 3 }, { key: 'photos', rank: 4 }, { key: 'radio', rank: 5 }]),
  ballotOf([{ key: 'maps', rank: 1 }, { key: 'photos', rank: 2 }, { key: 'mail', rank: 2 }, { key: 'radio', rank: 4 }]),
];
// An app that a list leaves out stands below all that it lists.
const unranked = 'mean' as const;

for (const [name, rule] of Object.entries({ borda, dowdall, copeland, schulze })) {
  console.log(`${name.padEnd(9)} ${rule(weeks, { unranked }).map(({ rank, key, score }) => `${rank}. ${key} (${Number(score.toFixed(2))})`).join('  ')}`);
}
const best = kemeny(weeks, { unranked });
console.log(`kemeny    ${best.order.join(' > ')}: ${best.distance} pairs against it, ${best.exact ? 'the least there is' : `none below ${best.lowerBound}`}`);

const [first, second] = weeks as [Ballot<string>, Ballot<string>];
const { extrapolated, min, max } = rankBiasedOverlap(first, second, { p: 0.9 });
console.log(`weeks 1 and 2 agree: rank-biased overlap ${extrapolated.toFixed(3)} (from ${min.toFixed(3)} to ${max.toFixed(3)}), Kendall distance ${topKKendall(first, second, { p: 0.5 }).distance}`);
