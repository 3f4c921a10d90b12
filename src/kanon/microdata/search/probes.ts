import type { Checker } from './checker.js';
import { isEnumerable } from './enumerate.js';

const SMALL_BOX = 256;
const PROBES = 3;

/** What looks at small boxes have found out: whether bounds rule out more of their nodes than it costs to ask. */
export class Probes {
  readonly #checker: Checker;
  #open: { readonly boxes: number; readonly looks: number; readonly nodes: number } | undefined;
  #count = 0;
  #looks = 0;
  #nodes = 0;

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  /**
   * Whether the nodes of a small box are looked at one by one. A few such boxes are bounded first, and where that has
   * meant looking at most of their nodes, the others are spared the trouble. `boxes`: how many are waiting.
   */
  isEnumerated(nodes: number, boxes: number): boolean {
    const { objective, looks, table } = this.#checker;
    if (objective.kind === 'classes' || !isEnumerable(table)) return false;
    const probe = this.#open;
    if (probe !== undefined && boxes < probe.boxes) {
      this.#count++;
      this.#looks += looks - probe.looks;
      this.#nodes += probe.nodes;
      this.#open = undefined;
    }
    if (nodes > SMALL_BOX || this.#open !== undefined) return false;
    if (this.#count >= PROBES) return this.#looks > 0.75 * this.#nodes;
    // Smaller boxes inside belong to it, until the stack is as short as it was without it.
    if (nodes >= SMALL_BOX / 4) this.#open = { boxes, looks, nodes };
    return false;
  }
}
