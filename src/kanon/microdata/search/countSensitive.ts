import { classCounts } from '../models/classCounts.js';
import type { Grouper } from './grouping/grouper.js';
import type { GroupList } from './grouping/groupList.js';
import type { SearchTable } from './searchTable.js';

/** Rows by class and sensitive value, for each sensitive attribute. `into` is made larger where it must be. */
export function countSensitive(table: SearchTable, list: GroupList, grouper: Grouper, into: Int32Array[]): readonly Int32Array[] {
  const { sensitive, sensitiveOf } = table;
  const { classOf, count } = grouper;
  const combos = list.sensitive;
  if (combos === undefined) return into;
  for (let j = 0; j < sensitive.length; j++) {
    const values = sensitive[j]!.size;
    let counts = into[j]!;
    if (counts.length < count * values) counts = into[j] = classCounts(count, values, sensitive[j]!.name, 'searchPlan');
    else counts.fill(0, 0, count * values);
    const valueOf = sensitiveOf[j]!;
    for (let e = 0; e < list.size; e++) counts[classOf[e]! * values + valueOf[combos[e]!]!]! += list.weight[e]!;
  }
  return into;
}
