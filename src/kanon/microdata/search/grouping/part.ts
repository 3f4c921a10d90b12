import type { CodedAttribute } from '../../hierarchies/coded.js';
import { gather, type DenseIds, type Numbered } from './denseIds.js';

/**
 * Half of the quasi-identifiers, with its distinct half tuples.
 *
 * A table is grouped by two numbers, one for each half, in place of one for each attribute. What a half becomes at a
 * vector of levels is worked out once and kept, from the nearest finer vector that is already known.
 */
export class Part {
  /** Which attributes belong to this part, as positions in the list of all. */
  readonly members: readonly number[];
  /** Number of distinct half tuples. */
  readonly size: number;
  /** For each member, the leaf of each half tuple. */
  readonly leaves: readonly Int32Array[];
  readonly #attributes: readonly CodedAttribute[];
  readonly #strides: readonly number[];
  /** True where vectors of levels are too many for exact numbers: then their text is the key. */
  readonly #asText: boolean;
  readonly #known = new Map<number | string, Numbered>();
  readonly #ids: DenseIds;
  readonly #budget: number;
  #held = 0;

  /** `budget`: how many numbers may be kept in all. */
  constructor(attributes: readonly CodedAttribute[], members: readonly number[], leaves: readonly Int32Array[], size: number, ids: DenseIds, budget: number) {
    this.#attributes = members.map((at) => attributes[at]!);
    this.members = members;
    this.leaves = leaves;
    this.size = size;
    this.#ids = ids;
    this.#budget = budget;
    let stride = 1;
    this.#strides = this.#attributes.map(({ hierarchy }) => {
      const own = stride;
      stride *= hierarchy.height + 1;
      return own;
    });
    this.#asText = stride > Number.MAX_SAFE_INTEGER;
  }

  /** A number for each half tuple at the levels of `node`, which holds a level for each of all attributes. */
  at(node: ArrayLike<number>): Numbered {
    const key = this.#keyOf(node, -1);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#derive(node);
    if (this.#held + this.size > this.#budget) {
      // Rarely reached; starting again is simpler than choosing what to forget.
      this.#known.clear();
      this.#held = 0;
    }
    this.#held += this.size;
    this.#known.set(key, made);
    return made;
  }

  /** The key of a node, or of the one that is a level finer in member `lowered`. */
  #keyOf(node: ArrayLike<number>, lowered: number): number | string {
    if (this.#asText) return this.members.map((a, i) => (i === lowered ? node[a]! - 1 : node[a]!)).join();
    let key = lowered < 0 ? 0 : -this.#strides[lowered]!;
    for (let i = 0; i < this.members.length; i++) key += node[this.members[i]!]! * this.#strides[i]!;
    return key;
  }

  #derive(node: ArrayLike<number>): Numbered {
    const finer = this.#finer(node);
    this.#ids.begin(finer === undefined ? this.size : finer.size);
    for (let i = 0; i < this.members.length; i++) {
      const { codes, size } = this.#attributes[i]!.hierarchy.levels[node[this.members[i]!]!]!;
      this.#ids.addLeaves(this.leaves[i]!, codes, size, finer?.examples);
    }
    const numbered = this.#ids.finish();
    if (finer === undefined) return numbered;
    return { codes: gather(numbered.codes, finer.codes), size: numbered.size, examples: gather(finer.examples, numbered.examples) };
  }

  /** The known numbering with the fewest values among those one level finer in one attribute. */
  #finer(node: ArrayLike<number>): Numbered | undefined {
    let best: Numbered | undefined;
    for (let i = 0; i < this.members.length; i++) {
      if (node[this.members[i]!] === 0) continue;
      const map = this.#known.get(this.#keyOf(node, i));
      if (map !== undefined && (best === undefined || map.size < best.size)) best = map;
    }
    return best;
  }
}
