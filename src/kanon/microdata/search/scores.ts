import type { Best } from './finding.js';
import { compareScores, type Evidence, type MarkedClasses, type Objective } from './objectives/objective.js';

/** Scores nodes, and keeps the best of those that will do. */
export class Scores {
  readonly objective: Objective;
  best: Best | undefined;
  /** Of the node scored last: the value of each attribute, and the score in its comparable form. */
  readonly values: Float64Array;
  readonly score: Float64Array;

  constructor(objective: Objective, attributes: number) {
    this.objective = objective;
    this.values = new Float64Array(attributes);
    this.score = new Float64Array(objective.width);
  }

  /** A node at which exactly the rows of the evidence are suppressed. */
  offerRows(node: Uint8Array, evidence: Evidence): void {
    this.#put(node, evidence, true);
    this.#offer(node, evidence.rows);
  }

  /** A node of whose classes the marked ones are suppressed. */
  offerClasses(node: Uint8Array, classes: MarkedClasses, suppressedRows: number): void {
    if (this.objective.kind !== 'classes') throw new Error('unreachable');
    this.score[0] = this.objective.score(classes);
    this.#offer(node, suppressedRows);
  }

  /** Whether the best so far is better than a node with so many suppressed rows can be. */
  isHopeless(node: Uint8Array, suppressed: number): boolean {
    const { objective, best, values, score } = this;
    if (best === undefined || objective.kind !== 'attributes' || objective.leastWith === undefined) return false;
    for (let a = 0; a < node.length; a++) values[a] = objective.leastWith(a, node[a]!, suppressed);
    objective.aggregate(values, score);
    return compareScores(score, best.score) > 0;
  }

  /** Whether the best so far is better than a node can be at which at least the rows of the evidence are suppressed. */
  isWorse(node: Uint8Array, evidence: Evidence): boolean {
    if (this.best === undefined || this.objective.kind !== 'attributes') return false;
    this.#put(node, evidence, false);
    return compareScores(this.score, this.best.score) > 0;
  }

  #put(node: Uint8Array, evidence: Evidence, exact: boolean): void {
    const { objective, values } = this;
    if (objective.kind !== 'attributes') throw new Error('unreachable');
    for (let a = 0; a < node.length; a++) values[a] = objective.value(a, node[a]!, evidence, exact);
    objective.aggregate(values, this.score);
  }

  #offer(node: Uint8Array, suppressedRows: number): void {
    let levels = 0;
    for (let a = 0; a < node.length; a++) levels += node[a]!;
    const order = this.best === undefined ? -1 : compareScores(this.score, this.best.score);
    if (order > 0 || (order === 0 && levels >= this.best!.levels)) return;
    this.best = { node: Uint8Array.from(node), score: this.score.slice(), levels, suppressedRows };
  }
}
