import type { ClassView } from '../models/model.js';
import type { Checker } from './checker.js';
import type { ClassList } from './enumerate.js';
import { GIVEN_UP, LOST } from './finding.js';
import { suppressSmallest } from './suppressSmallest.js';

/** As `look`, for the score alone: the list holds the classes at the node, and nothing is to be learnt for others. */
export function lookAtClasses(checker: Checker, list: ClassList, node: Uint8Array): void {
  checker.looks++;
  checker.reads += list.size;
  const { grouper, objective, limit, rules, scores, table, tableModels, lost } = checker;
  grouper.eachAlone(list);
  const view: ClassView = { count: list.size, sizes: list.weight, populations: list.population, counts: list.counts };
  if (!rules.possible(view)) return;
  const marks = checker.clearMarks(view.count);
  rules.markFailing(view, marks);
  let suppressed = list.dropped.rows;
  for (let c = 0; c < view.count; c++) if (marks[c] !== 0) suppressed += view.sizes[c]!;
  if (suppressed > limit || scores.isHopeless(node, suppressed)) return;
  if (tableModels.length > 0) {
    const given = suppressSmallest(view, marks, tableModels, table.rows, suppressed);
    suppressed += given.rows;
    if (suppressed > limit) return;
    checker.markSmallest(list, node, marks, view, given.classes);
  }
  if (objective.kind === 'classes') {
    scores.offerClasses(node, { list, grouper, node, marks, counts: view.counts }, suppressed);
    return;
  }
  lost.reset(list.dropped);
  if (suppressed > list.dropped.rows) lost.addEntries(list, marks, LOST | GIVEN_UP);
  scores.offerRows(node, { node, rows: suppressed, stats: objective.stats(lost, node, node), extra: new Float64Array(node.length) });
}
