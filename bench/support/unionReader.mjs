// Which sums of several withheld cells follow from all that is published: linear algebra over the withheld cells, and nothing of the library.
import { linearReader } from './tableReader.mjs';

const TINY = 1e-9;

/** Says of a set of cells whether their sum is a combination of the relations, so that everybody can work it out. Models as in tableReader.mjs, sums only. */
export function followsFrom({ withheld, relations }) {
  const column = new Map();
  withheld.forEach((hidden, cell) => hidden === 1 && column.set(cell, column.size));
  const rows = [];
  const pivots = [];
  const reduced = (row) => {
    rows.forEach((known, at) => {
      const factor = row[pivots[at]];
      if (Math.abs(factor) > TINY) for (let j = 0; j < row.length; j++) row[j] -= factor * known[j];
    });
    return row;
  };
  for (const { total, parts } of relations) {
    const row = new Float64Array(column.size);
    if (column.has(total)) row[column.get(total)] -= 1;
    for (const part of parts) if (column.has(part)) row[column.get(part)] += 1;
    reduced(row);
    const pivot = row.reduce((best, entry, j) => (Math.abs(entry) > Math.abs(row[best] ?? 0) + TINY ? j : best), -1);
    if (pivot < 0) continue;
    const scale = row[pivot];
    for (let j = 0; j < row.length; j++) row[j] /= scale;
    rows.push(row);
    pivots.push(pivot);
  }
  return (cells) => {
    const row = new Float64Array(column.size);
    for (const cell of cells) if (column.has(cell)) row[column.get(cell)] = 1;
    return reduced(row).every((entry) => Math.abs(entry) < 1e-6);
  };
}

/**
 * All sets of two or more of these cells of which `keep` says that they are still of interest, up to `most` of them: undefined where there are more.
 * `keep` must be true of every part of a set of which it is true.
 */
export function setsOf(cells, keep, most) {
  const all = [];
  const grow = (set, from) => {
    for (let at = from; at < cells.length; at++) {
      const wider = [...set, cells[at]];
      if (!keep(wider)) continue;
      if (wider.length > 1) all.push(wider);
      if (all.length > most || !grow(wider, at + 1)) return false;
    }
    return true;
  };
  return grow([], 0) ? all : undefined;
}

/** The innermost cells: totals of nothing. */
export function innermost({ truth, relations }) {
  const totals = new Set(relations.map(({ total }) => total));
  return [...truth.keys()].filter((cell) => !totals.has(cell));
}

/** A reader for whom each of some sets of withheld cells is one cell more, their sum. */
export function withSums(model, sets) {
  const { truth, withheld, lower, upper, relations } = model;
  const values = sets.map((set) => set.reduce((sum, cell) => sum + truth[cell], 0));
  const reader = linearReader({
    truth: Float64Array.of(...truth, ...values),
    withheld: Uint8Array.of(...withheld, ...sets.map(() => 1)),
    lower: Float64Array.of(...lower, ...sets.map(() => 0)),
    upper: Float64Array.of(...upper, ...sets.map(() => Infinity)),
    relations: [...relations, ...sets.map((parts, at) => ({ total: truth.length + at, parts }))],
  });
  return { reader, sumOf: (at) => ({ cell: truth.length + at, value: values[at] }) };
}
