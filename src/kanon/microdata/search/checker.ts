import type { ClassModel, ClassView, TableModel } from '../models/model.js';
import { countSensitive } from './countSensitive.js';
import { FAILS, GIVEN_UP, LOST, type Best, type Finding } from './finding.js';
import { Grouper } from './grouping/grouper.js';
import type { GroupList } from './grouping/groupList.js';
import { LeafCounts } from './grouping/leafCounts.js';
import { SizeSums } from './grouping/sizeSums.js';
import { inTurn, type Ties } from './inTurn.js';
import type { AttributeObjective, Evidence, Objective } from './objectives/objective.js';
import { Rules, type Marked } from './rules.js';
import { Scores } from './scores.js';
import type { SearchTable } from './searchTable.js';
import { markSmallest, suppressSmallest } from './suppressSmallest.js';

/** Looks at single nodes: groups, applies the models, scores, and keeps the best. */
export class Checker {
  readonly table: SearchTable;
  readonly objective: Objective;
  readonly limit: number;
  readonly rules: Rules;
  readonly tableModels: readonly TableModel[];
  readonly scores: Scores;
  readonly grouper: Grouper;
  /** Sums of classes by size alone, where nothing else counts. */
  readonly sizesOnly: SizeSums | undefined;
  /** Room to count suppressed rows in. */
  readonly lost: LeafCounts;
  /** Nodes looked at, and entries read for that. */
  looks = 0;
  reads = 0;
  /** Whether the node looked at last keeps within the limit itself. */
  accepted = false;
  readonly #ties: Ties;
  readonly #partly: LeafCounts;
  readonly #counts: Int32Array[];
  readonly #none: Float64Array;
  #marks = new Uint8Array(0);

  constructor(table: SearchTable, models: readonly ClassModel[], tableModels: readonly TableModel[], objective: Objective, limit: number, ties: Ties = 'dearest') {
    this.#ties = ties;
    this.table = table;
    this.objective = objective;
    this.limit = limit;
    this.rules = new Rules(models);
    this.tableModels = tableModels;
    this.scores = new Scores(objective, table.attributes.length);
    this.grouper = new Grouper(table.parts, table.base.size);
    // Where only sizes count, classes need not be numbered.
    if (tableModels.length === 0 && objective.kind === 'attributes' && this.rules.onSizes) this.sizesOnly = new SizeSums(table.parts, table.base.size);
    const domains = table.marginals.map((rows) => rows.length);
    this.lost = new LeafCounts(table.parts, domains);
    this.#partly = new LeafCounts(table.parts, domains);
    this.#counts = table.sensitive.map(() => new Int32Array(0));
    this.#none = new Float64Array(table.attributes.length);
  }

  get best(): Best | undefined {
    return this.scores.best;
  }

  /**
   * Looks at `node`, which must not be below the levels of `list`. Undefined: neither this node nor any finer one in
   * the same search keeps within the limit.
   */
  look(list: GroupList, node: Uint8Array): Finding | undefined {
    this.looks++;
    this.reads += list.size;
    if (this.objective.kind === 'attributes' && this.sizesOnly?.add(list, node) === true) return this.#judgeSizes(list, node, this.sizesOnly, this.objective);
    this.grouper.group(list, node);
    return this.judge(list, node);
  }

  /** Looks at a node for its own score. Undefined: it does not keep within the limit. */
  scoreOf(list: GroupList, node: Uint8Array): Float64Array | undefined {
    this.look(list, node);
    return this.accepted ? this.scores.score.slice() : undefined;
  }

  /** The same for a node that `grouper` has just grouped. */
  judge(list: GroupList, node: Uint8Array): Finding | undefined {
    const { limit } = this;
    this.accepted = false;
    if (this.#isTooSmall(list)) return undefined;
    const view = this.classes(list);
    if (!this.rules.possible(view)) return undefined;
    const marks = this.clearMarks(view.count);
    const marked = this.rules.mark(view, marks);
    const lost = list.dropped.rows + marked.lost;
    let forcedRows = lost + marked.partly;
    if (forcedRows > limit) return undefined;
    let suppressed = lost + marked.failing;
    let giveUp = 0;
    if (this.tableModels.length > 0) {
      const given = suppressSmallest(view, marks, this.tableModels, this.table.rows, suppressed);
      // Where a class fails that may pass at a finer node, what is needed here need not be needed there.
      const forced = marked.failing > 0 ? 0 : given.forced;
      if (forced > limit) return undefined;
      forcedRows = Math.max(forcedRows, forced);
      suppressed += given.rows;
      giveUp = given.classes;
    }
    const { objective } = this;
    return objective.kind === 'attributes'
      ? this.#judgeAttributes(objective, list, node, marks, view, { ...marked, lost }, forcedRows, suppressed, giveUp)
      : this.#judgeClasses(list, node, marks, view, forcedRows, lost, suppressed, giveUp);
  }

  /** The classes that `grouper` has just put a list into. */
  classes(list: GroupList): ClassView {
    const { count, sizes, populations } = this.grouper;
    return { count, sizes, populations: list.population === undefined ? undefined : populations, counts: countSensitive(this.table, list, this.grouper, this.#counts) };
  }

  /** The marks of the classes that were judged last. */
  get marks(): Uint8Array {
    return this.#marks;
  }

  /** Room for the marks of so many classes, none of which bears one. */
  clearMarks(count: number): Uint8Array {
    if (this.#marks.length < count) this.#marks = new Uint8Array(Math.max(count, this.table.base.size));
    else this.#marks.fill(0, 0, count);
    return this.#marks;
  }

  /** The marks of classes, handed down to the entries. */
  markEntries(list: GroupList, marks: Uint8Array): Uint8Array {
    const { classOf } = this.grouper;
    const out = new Uint8Array(list.size);
    for (let e = 0; e < out.length; e++) out[e] = marks[classOf[e]!]!;
    return out;
  }

  /** Marks what rules on the table as a whole suppress. */
  markSmallest(list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, classes: number): void {
    markSmallest(view, marks, GIVEN_UP, classes, (tied) => inTurn(tied, this.#ties, list, node, this.grouper, this.table, this.objective));
  }

  /** As `judge`, where nothing counts but the size of classes: no class is numbered. */
  #judgeSizes(list: GroupList, node: Uint8Array, sums: SizeSums, objective: AttributeObjective): Finding | undefined {
    const counts = this.lost;
    this.accepted = false;
    const suppressed = list.dropped.rows + sums.below(list, this.rules.smallest);
    if (suppressed > this.limit) return undefined;
    counts.reset(list.dropped);
    if (suppressed > list.dropped.rows) counts.addSelected(list, sums.selected, sums.selectedCount);
    const evidence: Evidence = { node: Uint8Array.from(node), rows: suppressed, stats: objective.stats(counts, list.levels, node), extra: this.#none };
    this.accepted = true;
    this.scores.offerRows(node, evidence);
    return { forcedRows: suppressed, evidence, lost: undefined, list };
  }

  /** Whether classes that are too small for any rows to pass hold more rows than the limit: told by sizes alone, before models are asked. */
  #isTooSmall(list: GroupList): boolean {
    const { smallest } = this.rules;
    const { count, sizes } = this.grouper;
    let left = this.limit - list.dropped.rows;
    for (let c = 0; c < count && left >= 0; c++) if (sizes[c]! < smallest) left -= sizes[c]!;
    return left < 0;
  }

  #judgeAttributes(objective: AttributeObjective, list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, { lost }: Marked, forcedRows: number, suppressed: number, giveUp: number): Finding {
    const { grouper, scores, lost: counts } = this;
    counts.reset(list.dropped);
    const entries = lost > list.dropped.rows || (suppressed > lost && giveUp === 0) ? this.markEntries(list, marks) : undefined;
    if (entries !== undefined) counts.addEntries(list, entries, LOST);
    const held = Uint8Array.from(node);
    let extra = this.#none;
    if (forcedRows > lost && this.tableModels.length === 0) {
      this.#partly.clear();
      this.#partly.addClasses(list, grouper, marks, FAILS, this.rules.forced);
      extra = objective.extra(this.#partly, node);
    }
    const evidence: Evidence = { node: held, rows: lost, stats: objective.stats(counts, list.levels, node), extra };
    // Which of equally large classes go is worked out only where the node can still be the best.
    if (suppressed <= this.limit && (giveUp === 0 || !scores.isWorse(node, evidence))) {
      let exact = evidence;
      if (suppressed > lost) {
        if (giveUp > 0) this.markSmallest(list, node, marks, view, giveUp);
        counts.addEntries(list, giveUp > 0 ? this.markEntries(list, marks) : entries!, FAILS | GIVEN_UP);
        exact = { node: held, rows: suppressed, stats: objective.stats(counts, list.levels, node), extra: this.#none };
      } else if (extra !== this.#none) exact = { ...evidence, extra: this.#none };
      this.accepted = true;
      scores.offerRows(node, exact);
    }
    return { forcedRows, evidence, lost: undefined, list };
  }

  #judgeClasses(list: GroupList, node: Uint8Array, marks: Uint8Array, view: ClassView, forcedRows: number, lost: number, suppressed: number, giveUp: number): Finding {
    // What is lost for good is handed down; what the table as a whole gives up is not.
    const handedDown = lost > list.dropped.rows ? this.markEntries(list, marks) : undefined;
    if (suppressed <= this.limit) {
      if (giveUp > 0) this.markSmallest(list, node, marks, view, giveUp);
      this.accepted = true;
      this.scores.offerClasses(node, { list, grouper: this.grouper, node, marks, counts: view.counts }, suppressed);
    }
    return { forcedRows, evidence: { node: Uint8Array.from(node), rows: 0, stats: this.#none, extra: this.#none }, lost: handedDown, list };
  }
}
