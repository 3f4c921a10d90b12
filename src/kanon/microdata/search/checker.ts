import type { ClassModel, ClassView, TableModel } from '../models/model.js';
import { histogramOf } from '../models/tableModels.js';
import type { ClassList } from './enumerate.js';
import { countSensitive } from './countSensitive.js';
import { FAILS, GIVEN_UP, LOST, type Best, type Finding, type Measured, type Summary, type Writable } from './finding.js';
import { Grouper } from './grouping/grouper.js';
import type { GroupList } from './grouping/groupList.js';
import { withoutLost } from './grouping/rollUp.js';
import { LeafCounts } from './grouping/leafCounts.js';
import { compareScores, type Evidence, type Objective } from './objectives/objective.js';
import type { SearchTable } from './searchTable.js';
import { SizeSums } from './grouping/sizeSums.js';
import { inTurn, type Ties } from './inTurn.js';
import { markSmallest, suppressSmallest } from './suppressSmallest.js';

/** Looks at single nodes: groups, applies the models, scores, and keeps the best. */
export class Checker {
  readonly table: SearchTable;
  readonly objective: Objective;
  readonly limit: number;
  readonly grouper: Grouper;
  best: Best | undefined;
  /** Nodes looked at, and entries read for that. */
  looks = 0;
  reads = 0;
  /** Whether the node looked at last keeps within the limit itself. */
  accepted = false;
  readonly #models: readonly ClassModel[];
  readonly #soft: readonly ClassModel[];
  /** Those that rule out finer nodes as well come first: what they mark is not looked at again. */
  readonly #inTurn: readonly ClassModel[];
  readonly #tableModels: readonly TableModel[];
  readonly #ties: Ties;
  readonly #smallest: number;
  readonly #lost: LeafCounts;
  readonly #partly: LeafCounts;
  readonly #counts: Int32Array[];
  readonly #score: Float64Array;
  readonly #values: Float64Array;
  readonly #noExtra: Float64Array;
  readonly #sizesOnly: SizeSums | undefined;
  #marks = new Uint8Array(0);
  #forced = new Int32Array(0);

  constructor(table: SearchTable, models: readonly ClassModel[], tableModels: readonly TableModel[], objective: Objective, limit: number, ties: Ties = 'dearest') {
    this.#ties = ties;
    this.table = table;
    this.objective = objective;
    this.limit = limit;
    this.grouper = new Grouper(table.parts, table.base.size);
    this.#models = models;
    // Where only sizes count, classes need not be numbered.
    if (tableModels.length === 0 && objective.kind === 'attributes' && models.every((model) => model.name === 'k-anonymity')) this.#sizesOnly = new SizeSums(table.parts, table.base.size);
    this.#soft = models.filter((model) => !model.hereditary);
    this.#inTurn = [...models.filter((model) => model.hereditary && model.name !== 'k-anonymity'), ...this.#soft];
    this.#tableModels = tableModels;
    this.#smallest = models.reduce((most, model) => Math.max(most, model.smallest), 1);
    const domains = table.marginals.map((rows) => rows.length);
    this.#lost = new LeafCounts(table.parts, domains);
    this.#partly = new LeafCounts(table.parts, domains);
    this.#counts = table.sensitive.map(() => new Int32Array(0));
    this.#score = new Float64Array(objective.width);
    this.#values = new Float64Array(table.attributes.length);
    this.#noExtra = new Float64Array(table.attributes.length);
  }

  /** No class with fewer rows is kept. */
  get smallest(): number {
    return this.#smallest;
  }

  /**
   * Looks at `node`, which must not be below the levels of `list`. Undefined: neither this node nor any finer one in
   * the same search keeps within the limit.
   */
  look(list: GroupList, node: Uint8Array): Finding | undefined {
    this.looks++;
    this.reads += list.size;
    if (this.#sizesOnly?.add(list, node) === true) return this.#judgeSizes(list, node, this.#sizesOnly);
    this.grouper.group(list, node);
    return this.judge(list, node);
  }

  /** Looks at a node for its own score. Undefined: it does not keep within the limit. */
  scoreOf(list: GroupList, node: Uint8Array): Float64Array | undefined {
    this.look(list, node);
    return this.accepted ? this.#score.slice() : undefined;
  }

  /** As `judge`, where nothing counts but the size of classes: no class is numbered. */
  #judgeSizes(list: GroupList, node: Uint8Array, sums: SizeSums): Finding | undefined {
    const objective = this.objective;
    if (objective.kind !== 'attributes') throw new Error('unreachable');
    const counts = this.#lost;
    this.accepted = false;
    const suppressed = list.dropped.rows + sums.below(list, this.#smallest);
    if (suppressed > this.limit) return undefined;
    counts.reset(list.dropped);
    if (suppressed > list.dropped.rows) counts.addSelected(list, sums.selected, sums.selectedCount);
    const evidence: Evidence = { node: Uint8Array.from(node), rows: suppressed, stats: objective.stats(counts, list.levels, node), extra: this.#noExtra };
    for (let a = 0; a < node.length; a++) this.#values[a] = objective.value(a, node[a]!, evidence, true);
    objective.aggregate(this.#values, this.#score);
    this.#offer(node, suppressed);
    return { forcedRows: suppressed, evidence, lost: undefined, list };
  }

  /** As `look`, for the score alone: the list holds the classes at the node, and nothing is to be learnt for others. */
  lookAtClasses(list: ClassList, node: Uint8Array): void {
    this.looks++;
    this.reads += list.size;
    this.accepted = false;
    const { grouper, objective, limit } = this;
    grouper.eachAlone(list);
    const view: ClassView = { count: list.size, sizes: list.weight, populations: list.population, counts: list.counts };
    for (const model of this.#models) if (model.possible?.(view) === false) return;
    const marks = this.#clearMarks(view.count);
    if (this.#smallest > 1) for (let c = 0; c < view.count; c++) if (view.sizes[c]! < this.#smallest) marks[c] = LOST;
    for (const model of this.#inTurn) model.mark(view, marks, LOST);
    let suppressed = list.dropped.rows;
    for (let c = 0; c < view.count; c++) if (marks[c] !== 0) suppressed += view.sizes[c]!;
    if (suppressed > limit || this.#isHopeless(node, suppressed)) return;
    if (this.#tableModels.length > 0) {
      const given = suppressSmallest(view, marks, this.#tableModels, this.table.rows, suppressed);
      suppressed += given.rows;
      if (suppressed > limit) return;
      this.#markSmallest(list, node, marks, view, given.classes);
    }
    if (objective.kind === 'classes') this.#score[0] = objective.score({ list, grouper, node, marks, counts: view.counts });
    else {
      this.#lost.reset(list.dropped);
      if (suppressed > list.dropped.rows) this.#lost.addEntries(list, marks, LOST | GIVEN_UP);
      const exact: Evidence = { node, rows: suppressed, stats: objective.stats(this.#lost, node, node), extra: this.#noExtra };
      for (let a = 0; a < node.length; a++) this.#values[a] = objective.value(a, node[a]!, exact, true);
      objective.aggregate(this.#values, this.#score);
    }
    this.#offer(node, suppressed);
  }

  /** Whether the best so far is better than a node with so many suppressed rows can be. */
  #isHopeless(node: Uint8Array, suppressed: number): boolean {
    const { objective } = this;
    if (this.best === undefined || objective.kind !== 'attributes' || objective.leastWith === undefined) return false;
    for (let a = 0; a < node.length; a++) this.#values[a] = objective.leastWith(a, node[a]!, suppressed);
    objective.aggregate(this.#values, this.#score);
    return compareScores(this.#score, this.best.score) > 0;
  }

  /** Works out all figures of a node, on the full table. Its score becomes the best, its values by attribute are returned. */
  summarize(node: Uint8Array): { summary: Summary; values: Float64Array } {
    const { base } = this.table;
    const { grouper } = this;
    this.best = undefined;
    grouper.group(base, node);
    this.judge(base, node);
    const view = this.#view(base);
    const marks = this.#marks;
    const kept = new Uint8Array(base.size);
    for (let e = 0; e < base.size; e++) kept[e] = marks[grouper.classOf[e]!] === 0 ? 1 : 0;
    let classes = 0;
    let suppressedClasses = 0;
    let suppressedRows = 0;
    let smallest = Infinity;
    let largest = 0;
    let sumOfSquares = 0;
    const worst = this.#models.map(({ name }): Writable<Measured> => ({ name, value: null, example: -1, rows: 0 }));
    const keptSizes: number[] = [];
    for (let c = 0; c < grouper.count; c++) {
      const size = grouper.sizes[c]!;
      if (size === 0) continue;
      if (marks[c] !== 0) {
        suppressedClasses++;
        suppressedRows += size;
        continue;
      }
      classes++;
      smallest = Math.min(smallest, size);
      largest = Math.max(largest, size);
      sumOfSquares += size * size;
      this.#models.forEach((model, i) => {
        const value = model.measure(view, c);
        const known = worst[i]!;
        if (known.value === null || (model.worse === 'smaller' ? value < known.value : value > known.value)) {
          known.value = value;
          known.example = grouper.example[c]!;
          known.rows = size;
        }
      });
      keptSizes.push(size);
    }
    const sizes = histogramOf(keptSizes, this.table.rows);
    const table = this.#tableModels.map((model): Measured => ({ name: model.name, value: classes === 0 ? null : model.measure(sizes), example: -1, rows: 0 }));
    return {
      summary: { classes, suppressedClasses, suppressedRows, smallest: classes === 0 ? 0 : smallest, largest, sumOfSquares, models: [...worst, ...table], kept },
      values: this.#values.slice(),
    };
  }

  /** The list without the rows that are suppressed at `node` and every finer one. */
  drop(list: GroupList, node: Uint8Array): GroupList {
    // Where no row may be suppressed, none is: what loses one is ruled out.
    if (this.limit === 0) return list;
    // A part of the population without rows rules out a node even inside a class that is suppressed: it has to stay in sight.
    if (this.#models.some((model) => model.possible !== undefined)) return list;
    if (this.objective.kind === 'classes' && this.objective.keepsLost) return list;
    this.reads += list.size;
    const { grouper } = this;
    const sums = this.#sizesOnly;
    if (sums?.add(list, node) === true) {
      sums.below(list, this.#smallest);
      // A new list for a few entries costs more than it saves.
      if (sums.selectedCount * 32 < list.size) return list;
      this.#lost.reset(list.dropped);
      this.#lost.addSelected(list, sums.selected, sums.selectedCount);
      const marked = new Uint8Array(list.size);
      for (let i = 0; i < sums.selectedCount; i++) marked[sums.selected[i]!] = LOST;
      return withoutLost(list, marked, LOST, this.#lost.snapshot());
    }
    grouper.group(list, node);
    const view = this.#view(list);
    const marks = this.#clearMarks(view.count);
    const { lost } = this.#mark(list, view, marks);
    if (lost === list.dropped.rows) return list;
    this.#lost.reset(list.dropped);
    const entries = this.#markEntries(list, marks);
    this.#lost.addEntries(list, entries, LOST);
    return withoutLost(list, entries, LOST, this.#lost.snapshot());
  }

  /** The same for a node that `grouper` has just grouped. */
  judge(list: GroupList, node: Uint8Array): Finding | undefined {
    const { limit } = this;
    this.accepted = false;
    if (this.#isTooSmall(list)) return undefined;
    const view = this.#view(list);
    for (const model of this.#models) if (model.possible?.(view) === false) return undefined;
    const marks = this.#clearMarks(view.count);
    const { lost, failing, partly } = this.#mark(list, view, marks);
    let forcedRows = lost + partly;
    if (forcedRows > limit) return undefined;
    let suppressed = lost + failing;
    let giveUp = 0;
    if (this.#tableModels.length > 0) {
      const given = suppressSmallest(view, marks, this.#tableModels, this.table.rows, suppressed);
      // Where a class fails that may pass at a finer node, what is needed here need not be needed there.
      const forced = failing > 0 ? 0 : given.forced;
      if (forced > limit) return undefined;
      forcedRows = Math.max(forcedRows, forced);
      suppressed += given.rows;
      giveUp = given.classes;
    }
    return this.objective.kind === 'attributes'
      ? this.#judgeAttributes(list, node, marks, view, forcedRows, lost, suppressed, giveUp)
      : this.#judgeClasses(list, node, marks, view, forcedRows, lost, suppressed, giveUp);
  }

  /** Whether classes that are too small for any rows to pass hold more rows than the limit: told by sizes alone, before models are asked. */
  #isTooSmall(list: GroupList): boolean {
    const smallest = this.#smallest;
    const { count, sizes } = this.grouper;
    let left = this.limit - list.dropped.rows;
    for (let c = 0; c < count && left >= 0; c++) if (sizes[c]! < smallest) left -= sizes[c]!;
    return left < 0;
  }

  /** Marks what rules on the table as a whole suppress. */
  #markSmallest(list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, classes: number): void {
    markSmallest(view, marks, GIVEN_UP, classes, (tied) => inTurn(tied, this.#ties, list, node, this.grouper, this.table, this.objective));
  }

  #view(list: GroupList): ClassView {
    const { count, sizes, populations } = this.grouper;
    return { count, sizes, populations: list.population === undefined ? undefined : populations, counts: countSensitive(this.table, list, this.grouper, this.#counts) };
  }

  /** Marks the classes that fail, and counts their rows; the rows that the list has dropped are among the lost. */
  #mark(list: GroupList, view: ClassView, marks: Uint8Array): { lost: number; failing: number; partly: number } {
    const smallest = this.#smallest;
    if (smallest > 1) for (let c = 0; c < view.count; c++) if (view.sizes[c]! < smallest) marks[c] = LOST;
    for (const model of this.#inTurn) model.mark(view, marks, model.hereditary ? LOST : FAILS);
    let lost = list.dropped.rows;
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

  #judgeAttributes(list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, forcedRows: number, lost: number, suppressed: number, giveUp: number): Finding {
    const { objective, grouper } = this;
    if (objective.kind !== 'attributes') throw new Error('unreachable');
    const counts = this.#lost;
    counts.reset(list.dropped);
    const entries = lost > list.dropped.rows || (suppressed > lost && giveUp === 0) ? this.#markEntries(list, marks) : undefined;
    if (entries !== undefined) counts.addEntries(list, entries, LOST);
    const held = Uint8Array.from(node);
    let extra = this.#noExtra;
    if (forcedRows > lost && this.#tableModels.length === 0) {
      this.#partly.clear();
      this.#partly.addClasses(list, grouper, marks, FAILS, this.#forced);
      extra = objective.extra(this.#partly, node);
    }
    const evidence: Evidence = { node: held, rows: lost, stats: objective.stats(counts, list.levels, node), extra };
    // Which of equally large classes go is worked out only where the node can still be the best.
    if (suppressed <= this.limit && (giveUp === 0 || !this.#isWorse(node, evidence))) {
      let exact = evidence;
      if (suppressed > lost) {
        if (giveUp > 0) this.#markSmallest(list, node, marks, view, giveUp);
        counts.addEntries(list, giveUp > 0 ? this.#markEntries(list, marks) : entries!, FAILS | GIVEN_UP);
        exact = { node: held, rows: suppressed, stats: objective.stats(counts, list.levels, node), extra: this.#noExtra };
      } else if (extra !== this.#noExtra) exact = { ...evidence, extra: this.#noExtra };
      for (let a = 0; a < node.length; a++) this.#values[a] = objective.value(a, node[a]!, exact, true);
      objective.aggregate(this.#values, this.#score);
      this.#offer(node, suppressed);
    }
    return { forcedRows, evidence, lost: undefined, list };
  }

  /** Whether the best so far is better than a node can be with this evidence. */
  #isWorse(node: Uint8Array, evidence: Evidence): boolean {
    const { objective } = this;
    if (this.best === undefined || objective.kind !== 'attributes') return false;
    for (let a = 0; a < node.length; a++) this.#values[a] = objective.value(a, node[a]!, evidence, false);
    objective.aggregate(this.#values, this.#score);
    return compareScores(this.#score, this.best.score) > 0;
  }

  #judgeClasses(list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, forcedRows: number, lost: number, suppressed: number, giveUp: number): Finding {
    const { objective, grouper } = this;
    if (objective.kind !== 'classes') throw new Error('unreachable');
    // What is lost for good is handed down; what the table as a whole gives up is not.
    const handedDown = lost > list.dropped.rows ? this.#markEntries(list, marks) : undefined;
    if (suppressed <= this.limit) {
      if (giveUp > 0) this.#markSmallest(list, node, marks, view, giveUp);
      this.#score[0] = objective.score({ list, grouper, node, marks, counts: view.counts });
      this.#offer(node, suppressed);
    }
    const evidence: Evidence = { node: Uint8Array.from(node), rows: 0, stats: this.#noExtra, extra: this.#noExtra };
    return { forcedRows, evidence, lost: handedDown, list };
  }

  /** The marks of classes, handed down to the entries. */
  #markEntries(list: GroupList, marks: Uint8Array): Uint8Array {
    const { classOf } = this.grouper;
    const out = new Uint8Array(list.size);
    for (let e = 0; e < out.length; e++) out[e] = marks[classOf[e]!]!;
    return out;
  }

  /** True where so many rows of a failing class must go that the rest is too small. */
  #giveUp(view: ClassView, c: number): boolean {
    let forced = 0;
    for (const model of this.#soft) forced = Math.max(forced, model.forced(view, c));
    this.#forced[c] = forced;
    return view.sizes[c]! - forced < this.#smallest;
  }

  #offer(node: Uint8Array, suppressedRows: number): void {
    this.accepted = true;
    let levels = 0;
    for (let a = 0; a < node.length; a++) levels += node[a]!;
    const order = this.best === undefined ? -1 : compareScores(this.#score, this.best.score);
    if (order > 0 || (order === 0 && levels >= this.best!.levels)) return;
    this.best = { node: Uint8Array.from(node), score: this.#score.slice(), levels, suppressedRows };
  }

  #clearMarks(count: number): Uint8Array {
    if (this.#marks.length < count) {
      this.#marks = new Uint8Array(this.grouper.sizes.length);
      this.#forced = new Int32Array(this.grouper.sizes.length);
    } else this.#marks.fill(0, 0, count);
    return this.#marks;
  }
}
