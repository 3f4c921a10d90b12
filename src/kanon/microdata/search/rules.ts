import type { ClassModel, ClassView } from '../models/model.js';
import { FAILS, LOST } from './finding.js';

/** What rows of marked classes come to. */
export interface Marked {
  /** Rows of classes that are lost here and at every finer node. */
  readonly lost: number;
  /** Rows of classes that fail, of which a part may pass at a finer node. */
  readonly failing: number;
  /** How many of those must go at least, whatever the split. */
  readonly partly: number;
}

/** The rules on single classes, applied to all classes of a node. */
export class Rules {
  /** No class with fewer rows is kept. */
  readonly smallest: number;
  /** Only the size of a class counts. */
  readonly onSizes: boolean;
  readonly models: readonly ClassModel[];
  readonly #soft: readonly ClassModel[];
  /** Those that rule out finer nodes as well come first: what they mark is not looked at again. */
  readonly #inTurn: readonly ClassModel[];
  #forced = new Int32Array(0);

  constructor(models: readonly ClassModel[]) {
    this.models = models;
    this.smallest = models.reduce((most, model) => Math.max(most, model.smallest), 1);
    this.onSizes = models.every((model) => model.name === 'k-anonymity');
    this.#soft = models.filter((model) => !model.hereditary);
    this.#inTurn = [...models.filter((model) => model.hereditary && model.name !== 'k-anonymity'), ...this.#soft];
  }

  /** False where the table as a whole cannot be published at this node or any finer one. */
  possible(view: ClassView): boolean {
    return this.models.every((model) => model.possible?.(view) !== false);
  }

  /** Whether a node without rows in a part of the population can be ruled out by that. */
  get looksAtAbsent(): boolean {
    return this.models.some((model) => model.possible !== undefined);
  }

  /** The rows that a failing class must lose at least, whatever the split, after `mark`. */
  get forced(): Int32Array {
    return this.#forced;
  }

  /** Marks the classes below the smallest size. */
  markSmall(count: number, sizes: Int32Array, marks: Uint8Array): void {
    const { smallest } = this;
    if (smallest > 1) for (let c = 0; c < count; c++) if (sizes[c]! < smallest) marks[c] = LOST;
  }

  /** Marks all classes that fail at this node, whatever becomes of them at finer ones. */
  markFailing(view: ClassView, marks: Uint8Array): void {
    this.markSmall(view.count, view.sizes, marks);
    for (const model of this.#inTurn) model.mark(view, marks, LOST);
  }

  /** Marks the classes that fail, apart by what becomes of them at finer nodes, and counts their rows. */
  mark(view: ClassView, marks: Uint8Array): Marked {
    this.markSmall(view.count, view.sizes, marks);
    for (const model of this.#inTurn) model.mark(view, marks, model.hereditary ? LOST : FAILS);
    if (this.#forced.length < view.count) this.#forced = new Int32Array(view.sizes.length);
    let lost = 0;
    let failing = 0;
    let partly = 0;
    for (let c = 0; c < view.count; c++) {
      const mark = marks[c]!;
      if (mark === 0) continue;
      if (mark === FAILS && !this.#giveUp(view, c)) {
        failing += view.sizes[c]!;
        partly += this.#forced[c]!;
      } else {
        marks[c] = LOST;
        lost += view.sizes[c]!;
      }
    }
    return { lost, failing, partly };
  }

  /** True where so many rows of a failing class must go that the rest is too small. */
  #giveUp(view: ClassView, c: number): boolean {
    let forced = 0;
    for (const model of this.#soft) forced = Math.max(forced, model.forced(view, c));
    this.#forced[c] = forced;
    return view.sizes[c]! - forced < this.smallest;
  }
}
