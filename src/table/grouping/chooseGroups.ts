import { PairHasher } from '../../hash/pairHash.js';
import { SipHasher, type SipKey } from '../../hash/siphash.js';
import { compareContent, ContentHashes, hashContent, type Content, type HashesKept } from '../columns/coded.js';
import { SmallestK } from './smallestK.js';

/** What choosing needs of units and groups: their contents, so that nothing depends on codes. */
export interface Choosing {
  readonly unitContent: (code: number) => Content;
  readonly groupSize: number;
  readonly groupContent: (group: number) => Content;
  readonly key: SipKey;
}

/**
 * Chooses which groups of a unit are kept, by a keyed hash of the contents of (unit, group), ties by content: the choice
 * for one unit depends on that unit's own groups and on the key alone. Only units above the bound are hashed.
 */
export class GroupChooser {
  private readonly chosen: SmallestK;
  private readonly pairHash: PairHasher;
  private readonly groupHashes: ContentHashes;
  private readonly unitHasher: SipHasher;
  private readonly unitContent: (code: number) => Content;

  constructor({ unitContent, groupSize, groupContent, key }: Choosing, groupsPerUnit: number, kept?: HashesKept) {
    const bounded = Number.isFinite(groupsPerUnit);
    this.chosen = new SmallestK(bounded ? Math.min(groupsPerUnit, groupSize) : 0, (a, b) => compareContent(groupContent(a), groupContent(b)));
    this.pairHash = new PairHasher(key);
    this.groupHashes = new ContentHashes(bounded ? groupSize : 0, groupContent, key, kept);
    // A unit is met once, so its hash is not kept.
    this.unitHasher = new SipHasher(key);
    this.unitContent = unitContent;
  }

  /** The kept ones of the first `found` groups: the first `size` of `items`, in no particular order. */
  choose(unit: number, groups: Int32Array, found: number): SmallestK {
    const { chosen, pairHash, groupHashes } = this;
    this.startUnit(unit);
    chosen.clear();
    for (let i = 0; i < found; i++) {
      const group = groups[i]!;
      chosen.offer(pairHash.group(groupHashes.of(group)), group);
    }
    return chosen;
  }

  private startUnit(unit: number): void {
    hashContent(this.unitHasher, this.unitContent(unit));
    this.pairHash.unit(this.unitHasher.hi, this.unitHasher.lo);
  }
}

/**
 * Chooses which rows of a unit are kept, where rows of one group are told apart by their number within it alone: so it
 * does not matter in which order they came. By a keyed hash of (unit, group, number), ties by content.
 */
export class RowChooser {
  private readonly chosen: SmallestK;
  private readonly pairHash: PairHasher;
  private readonly groupHashes: ContentHashes;
  private readonly unitHasher: SipHasher;
  private readonly numberHasher: SipHasher;
  private numberHashes: Int32Array = new Int32Array(0);
  private cellOf: Int32Array = new Int32Array(64);
  private numberOf: Int32Array = new Int32Array(64);
  private readonly choosing: Choosing;
  private groups: Int32Array = new Int32Array(0);

  constructor(choosing: Choosing, rowsPerUnit: number) {
    const { groupSize, groupContent, key } = choosing;
    this.choosing = choosing;
    this.chosen = new SmallestK(rowsPerUnit, (a, b) => {
      const [x, y] = [this.cellOf[a]!, this.cellOf[b]!];
      return x === y ? this.numberOf[a]! - this.numberOf[b]! : compareContent(groupContent(this.groups[x]!), groupContent(this.groups[y]!));
    });
    this.pairHash = new PairHasher(key);
    this.groupHashes = new ContentHashes(groupSize, groupContent, key);
    this.unitHasher = new SipHasher(key);
    this.numberHasher = new SipHasher(key);
  }

  /** Lowers `rows[cell]` to how many rows of `groups[cell]` are kept, for the first `found` cells of `all` rows together. */
  choose(unit: number, groups: Int32Array, rows: Int32Array, found: number, all: number): void {
    const { chosen, pairHash } = this;
    if (this.cellOf.length < all) [this.cellOf, this.numberOf] = [new Int32Array(2 * all), new Int32Array(2 * all)];
    this.groups = groups;
    hashContent(this.unitHasher, this.choosing.unitContent(unit));
    pairHash.unit(this.unitHasher.hi, this.unitHasher.lo);
    chosen.clear();
    for (let cell = 0, item = 0; cell < found; cell++) {
      const group = this.groupHashes.of(groups[cell]!);
      for (let number = 0; number < rows[cell]!; number++, item++) {
        this.cellOf[item] = cell;
        this.numberOf[item] = number;
        chosen.offer(pairHash.group(group ^ this.hashOfNumber(number)), item);
      }
    }
    rows.fill(0, 0, found);
    for (let i = 0; i < chosen.size; i++) rows[this.cellOf[chosen.items[i]!]!]!++;
  }

  private hashOfNumber(number: number): number {
    if (number >= this.numberHashes.length) {
      const grown = new Int32Array(Math.max(64, 2 * number));
      for (let i = 0; i < grown.length; i++) grown[i] = hashContent(this.numberHasher, i).lo;
      this.numberHashes = grown;
    }
    return this.numberHashes[number]!;
  }
}
