import { classCounts } from '../models/classCounts.js';
import type { Checker } from './checker.js';
import { countSensitive } from './countSensitive.js';
import type { GroupList } from './grouping/groupList.js';
import { rollUp } from './grouping/rollUp.js';
import { lookAtClasses } from './lookAtClasses.js';
import type { SearchTable } from './searchTable.js';

/** Classes at the levels of the list, with their rows by sensitive value: nothing is left to be grouped. */
export interface ClassList extends GroupList {
  readonly sensitive: undefined;
  /** For each sensitive attribute, rows by class and value. */
  readonly counts: readonly Int32Array[];
}

/** With more sensitive values than this, classes times values are mostly zeros. */
const MOST_VALUES = 100;

/** Whether looking at each node of so many can be cheaper than bounding them: where models or the objective let bounds say little. */
export const isEnumerable = (table: SearchTable): boolean => table.sensitive.reduce((sum, { size }) => sum + size, 0) <= MOST_VALUES;

/**
 * Looks at the nodes of a box one by one, those left out that `ruledOut` tells of (and with them all that are coarser in
 * the attributes to come). Each is made of the classes of a neighbour one level finer, which are few.
 */
export function* enumerate(checker: Checker, list: GroupList, low: Uint8Array, high: Uint8Array, ruledOut: (list: GroupList, node: Uint8Array) => boolean): Generator<void, void> {
  const node = Uint8Array.from(low);
  const order = [...low.keys()].filter((a) => high[a]! > low[a]!).sort((a, b) => high[a]! - low[a]! - (high[b]! - low[b]!));
  // Two rooms for each attribute: the classes of a level are made of those of the level before.
  const rooms = Array.from({ length: 2 * order.length }, () => checker.table.sensitive.map(() => new Int32Array(0)));
  yield* from(0, collapse(checker, list, node, []));

  function* from(at: number, finest: ClassList): Generator<void, void> {
    const a = order[at];
    if (a === undefined) {
      lookAtClasses(checker, finest, node);
      yield;
      return;
    }
    let classes = finest;
    for (let level = low[a]!; level <= high[a]!; level++) {
      node[a] = level;
      if (ruledOut(classes, node)) break;
      if (level > low[a]!) classes = collapse(checker, classes, node, rooms[2 * at + (level % 2)]!);
      yield* from(at + 1, classes);
    }
    node[a] = low[a]!;
  }
}

/** The classes at a node; their rows by sensitive value are written to `room`, which is made larger where it must be. */
function collapse({ grouper, table }: Checker, list: GroupList | ClassList, node: Uint8Array, room: Int32Array[]): ClassList {
  grouper.group(list, node);
  const counts = 'counts' in list ? merged(list, grouper.classOf, grouper.count, table, room) : countSensitive(table, list, grouper, table.sensitive.map(() => new Int32Array(0)));
  return { ...rollUp({ ...list, sensitive: undefined }, grouper, node), sensitive: undefined, counts: [...counts] };
}

function merged({ size, counts }: ClassList, classOf: Int32Array, classes: number, { sensitive }: SearchTable, room: Int32Array[]): readonly Int32Array[] {
  return counts.map((from, j) => {
    const values = sensitive[j]!.size;
    let out = room[j]!;
    if (out.length < classes * values) out = room[j] = classCounts(classes, values, sensitive[j]!.name, 'searchPlan');
    else out.fill(0, 0, classes * values);
    for (let e = 0; e < size; e++) {
      const own = e * values;
      const into = classOf[e]! * values;
      for (let v = 0; v < values; v++) out[into + v]! += from[own + v]!;
    }
    return out;
  });
}
