import { histogramOf } from '../models/tableModels.js';
import type { Checker } from './checker.js';
import type { Measured, Summary, Writable } from './finding.js';

/** Works out all figures of a node, once more and on the full table. It becomes the best, where it keeps within the limit. */
export function summarize(checker: Checker, node: Uint8Array): Summary {
  const { grouper, rules, tableModels, table } = checker;
  const { base } = table;
  checker.scores.best = undefined;
  grouper.group(base, node);
  checker.judge(base, node);
  const view = checker.classes(base);
  const marks = checker.marks;
  const kept = new Uint8Array(base.size);
  for (let e = 0; e < base.size; e++) kept[e] = marks[grouper.classOf[e]!] === 0 ? 1 : 0;
  let classes = 0;
  let suppressedClasses = 0;
  let suppressedRows = 0;
  let smallest = Infinity;
  let largest = 0;
  let sumOfSquares = 0;
  const worst = rules.models.map(({ name }): Writable<Measured> => ({ name, value: null, example: -1, rows: 0 }));
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
    rules.models.forEach((model, i) => {
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
  const sizes = histogramOf(keptSizes, table.rows);
  const ofTable = tableModels.map((model): Measured => ({ name: model.name, value: classes === 0 ? null : model.measure(sizes), example: -1, rows: 0 }));
  return { classes, suppressedClasses, suppressedRows, smallest: classes === 0 ? 0 : smallest, largest, sumOfSquares, models: [...worst, ...ofTable], kept };
}
