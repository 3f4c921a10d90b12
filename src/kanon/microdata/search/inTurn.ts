import type { Grouper } from './grouping/grouper.js';
import type { GroupList } from './grouping/groupList.js';
import { earliest } from './grouping/rollUp.js';
import { compareScores, type AttributeObjective, type Objective } from './objectives/objective.js';
import type { SearchTable } from './searchTable.js';

/**
 * Which of equally large classes a rule on the table as a whole suppresses first: those that generalization has cost
 * most, so that least is lost with them; or, as ARX does, those that it has cost least.
 */
export type Ties = 'dearest' | 'arx';

/** Classes of one size in the order in which they are suppressed; where they have lost the same, by their first row. */
export function inTurn(classes: readonly number[], ties: Ties, list: GroupList, node: Uint8Array, grouper: Grouper, table: SearchTable, objective: Objective): number[] {
  const first = earliest(list, grouper.classOf, grouper.count);
  const byRow = (a: number, b: number): number => (first === undefined ? a - b : first[a]! - first[b]!);
  if (objective.kind === 'classes' || objective.ofRow === undefined) return [...classes].sort(byRow);
  const lost = classes.map((c) => ({ c, loss: lossOf(grouper.example[c]!, grouper.sizes[c]!, list, node, table, objective) }));
  const sign = ties === 'arx' ? 1 : -1;
  return lost.sort((a, b) => sign * compareScores(a.loss, b.loss) || byRow(a.c, b.c)).map(({ c }) => c);
}

/** What the rows of one class have lost, put together over attributes as the objective does. */
function lossOf(entry: number, rows: number, { first, second }: GroupList, node: Uint8Array, { parts }: SearchTable, objective: AttributeObjective): Float64Array {
  const values = new Float64Array(node.length);
  for (const [part, halves] of [[parts.first, first], [parts.second, second]] as const) {
    part.members.forEach((a, i) => {
      values[a] = rows * objective.ofRow!(a, node[a]!, part.leaves[i]![halves[entry]!]!);
    });
  }
  const out = new Float64Array(objective.width);
  objective.aggregate(values, out);
  return out;
}
