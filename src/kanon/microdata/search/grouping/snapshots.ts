import type { GroupList } from './groupList.js';

const MOST = 64;

/**
 * Short lists of all rows, kept for nodes further up: where no row is ever dropped, any list that is fine enough will
 * do for a look, and the shortest costs least.
 */
export class Snapshots {
  readonly #kept: GroupList[] = [];
  #next = 0;

  /** Keeps a list, in the place of the oldest where there are many. */
  add(list: GroupList): void {
    this.#kept[this.#next] = list;
    this.#next = (this.#next + 1) % MOST;
  }

  /** The shortest list that can be grouped at a node: the one that is given, unless a kept one is much shorter. */
  shortest(given: GroupList, node: Uint8Array): GroupList {
    let found = given;
    for (const list of this.#kept) if (list.size < 0.7 * found.size && isAbove(node, list.levels)) found = list;
    return found;
  }
}

function isAbove(node: Uint8Array, levels: Uint8Array): boolean {
  for (let a = 0; a < node.length; a++) if (node[a]! < levels[a]!) return false;
  return true;
}
