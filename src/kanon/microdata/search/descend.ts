import type { Checker } from './checker.js';
import type { GroupList } from './grouping/groupList.js';
import { compareScores } from './objectives/objective.js';

/**
 * Goes down from `high` one level at a time, each time to the neighbour with the best score, as long as that helps.
 * Where a lattice is too large to be searched through, this finds a good node to start from, in a few looks for each
 * attribute and level.
 */
export function* descend(checker: Checker, list: GroupList, low: Uint8Array, high: Uint8Array): Generator<void, void> {
  let node = high;
  let score = checker.scoreOf(list, high);
  yield;
  for (;;) {
    let next: Uint8Array | undefined;
    for (let a = 0; a < node.length; a++) {
      if (node[a]! <= low[a]!) continue;
      const lower = Uint8Array.from(node);
      lower[a]!--;
      const found = checker.scoreOf(list, lower);
      yield;
      if (found !== undefined && (score === undefined || compareScores(found, score) < 0)) {
        score = found;
        next = lower;
      }
    }
    if (next === undefined) return;
    node = next;
  }
}
