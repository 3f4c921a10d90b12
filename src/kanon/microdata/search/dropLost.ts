import type { Checker } from './checker.js';
import { LOST } from './finding.js';
import type { GroupList } from './grouping/groupList.js';
import { withoutLost } from './grouping/rollUp.js';

/** The list without the rows that are suppressed at `node` and every finer one. */
export function dropLost(checker: Checker, list: GroupList, node: Uint8Array): GroupList {
  const { grouper, lost, objective, rules, sizesOnly } = checker;
  // Where no row may be suppressed, none is: what loses one is ruled out.
  if (checker.limit === 0) return list;
  // A part of the population without rows rules out a node even inside a class that is suppressed: it has to stay in sight.
  if (rules.looksAtAbsent) return list;
  if (objective.kind === 'classes' && objective.keepsLost) return list;
  checker.reads += list.size;
  if (sizesOnly?.add(list, node) === true) {
    sizesOnly.below(list, rules.smallest);
    // A new list for a few entries costs more than it saves.
    if (sizesOnly.selectedCount * 32 < list.size) return list;
    lost.reset(list.dropped);
    lost.addSelected(list, sizesOnly.selected, sizesOnly.selectedCount);
    const marked = new Uint8Array(list.size);
    for (let i = 0; i < sizesOnly.selectedCount; i++) marked[sizesOnly.selected[i]!] = LOST;
    return withoutLost(list, marked, LOST, lost.snapshot());
  }
  grouper.group(list, node);
  const view = checker.classes(list);
  const marks = checker.clearMarks(view.count);
  if (rules.mark(view, marks).lost === 0) return list;
  lost.reset(list.dropped);
  const entries = checker.markEntries(list, marks);
  lost.addEntries(list, entries, LOST);
  return withoutLost(list, entries, LOST, lost.snapshot());
}
