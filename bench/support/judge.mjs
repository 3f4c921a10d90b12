// Judges a published table of counts from its lines alone, and finds by trying how few cells could have been withheld.
import { shapeOf, trueCounts } from './madeTables.mjs';
import { linearReader } from './tableReader.mjs';
import { followsFrom, innermost, setsOf, withSums } from './unionReader.mjs';

/** What the reader is taken to know of the withheld cells beforehand: the rule that withheld each. */
function knowledge({ k, zeros }, { relations }, truth, withheld) {
  const inSmall = new Uint8Array(truth.length);
  const below = new Map();
  for (const { total, parts } of relations) below.set(total, [...(below.get(total) ?? []), ...parts]);
  const mark = (cell) => {
    for (const part of below.get(cell) ?? []) {
      if (inSmall[part] === 1) continue;
      inSmall[part] = 1;
      mark(part);
    }
  };
  truth.forEach((count, cell) => {
    if (withheld[cell] === 1 && count > 0 && count < k) mark(cell);
  });
  const small = truth.map((count) => (count < k ? 1 : 0));
  const lower = truth.map((count, cell) => (small[cell] === 0 ? k : zeros === 'suppressed' || inSmall[cell] === 1 || count === 0 ? 0 : 1));
  const upper = truth.map((_, cell) => (small[cell] === 1 ? k - 1 : Infinity));
  return { lower, upper, inSmall };
}

const isSensitive = ({ k, zeros }, count) => count < k && (count > 0 || zeros === 'suppressed');

/** @returns how many cells a reader recovers outright, and how many it narrows down further than withholding everything would. */
export function readTable(made, lines) {
  const shape = shapeOf(made);
  const truth = trueCounts(made, shape);
  const withheld = new Uint8Array(truth.length);
  for (const { key, state, count } of lines) {
    const cell = shape.place.get(JSON.stringify(key));
    if (state === 'suppressed') withheld[cell] = 1;
    else if (count !== truth[cell]) throw new Error('a published count is wrong');
  }
  const out = { cells: truth.length, withheld: withheld.reduce((a, b) => a + b, 0), recovered: 0, recoveredWithinInterval: 0, knownBeforehand: 0, ...readSets(made, shape, truth, withheld) };
  const { lower, upper, inSmall } = knowledge(made, shape, truth, withheld);
  const { relations } = shape;
  const reader = linearReader({ truth, withheld, lower, upper, relations });
  // Of a cell that is withheld for others nobody knows that it is not small.
  const plain = linearReader({ truth, withheld, lower: truth.map(() => 0), upper: truth.map(() => Infinity), relations });
  let blind;
  const blindReader = () => (blind ??= linearReader({ truth, withheld: Uint8Array.from(truth, (value, at) => (value === 0 && withheld[at] === 0 ? 0 : 1)), lower, upper, relations }));
  truth.forEach((count, cell) => {
    if (withheld[cell] === 0) {
      if (isSensitive(made, count)) out.recovered++;
      return;
    }
    if (!isSensitive(made, count)) {
      if (count > 0 && plain.reach(cell, 1, 1).reach + plain.reach(cell, -1, 1).reach < 1 - 1e-6) out.recovered++;
      return;
    }
    const needs = inSmall[cell] === 1 ? [1, 1] : [made.k - 1 - count, count - lower[cell]];
    const reached = [reader.reach(cell, 1, needs[0]), reader.reach(cell, -1, needs[1])];
    const total = reached[0].reach + reached[1].reach;
    if (total < 1 - 1e-6) {
      // What the rules and the published zeros alone determine is no fault of the other cells: no choice of cells could hide it.
      const alone = blindReader();
      if (alone.reach(cell, 1, 1).reach + alone.reach(cell, -1, 1).reach < 1 - 1e-6) out.knownBeforehand++;
      else out.recovered++;
    }
    if (inSmall[cell] === 1) return;
    const short = reached.some(({ reach, whole }, side) => reach < needs[side] - 1e-6 || !whole);
    if (!short) return;
    // Would a reader of nothing but the published zeros know as much?
    const limits = [blindReader().reach(cell, 1, needs[0]).reach, blindReader().reach(cell, -1, needs[1]).reach];
    if (reached.some(({ reach }, side) => Math.floor(reach + 1e-6) < Math.floor(Math.min(needs[side], limits[side]) + 1e-6))) out.recoveredWithinInterval++;
  });
  return out;
}

/** Up to so many sets of cells of fewer than k people are looked at, and so many of them by linear programs. */
const MOST_SETS = 20_000;
const MOST_PROGRAMS = 12;

/** The sets of withheld cells that hold fewer than k people together, none of them in a total below k: all where there are not too many, otherwise those of up to three cells. */
function smallSets({ k }, model, inSmall) {
  const { truth, withheld } = model;
  const cells = innermost(model).filter((cell) => withheld[cell] === 1 && truth[cell] < k && inSmall[cell] === 0);
  const few = (set) => set.reduce((sum, cell) => sum + truth[cell], 0) < k;
  const somebody = (sets) => sets.filter((set) => set.some((cell) => truth[cell] > 0));
  const all = setsOf(cells, few, MOST_SETS) ?? setsOf(cells.filter((cell) => truth[cell] > 0), (set) => set.length <= 3 && few(set), MOST_SETS) ?? [];
  return somebody(all);
}

/** How many of them follow from what is published, and how many cannot be k - 1 as far as a reader knows (of some of them). */
function readSets(made, shape, truth, withheld) {
  const out = { sets: 0, setsRecovered: 0, setsWithinInterval: 0 };
  if (withheld.every((hidden) => hidden === 1)) return out;
  const { lower, upper, inSmall } = knowledge(made, shape, truth, withheld);
  const model = { truth, withheld, lower, upper, relations: shape.relations };
  const sets = smallSets(made, model, inSmall);
  const follows = followsFrom(model);
  out.sets = sets.length;
  out.setsRecovered = sets.filter(follows).length;
  const some = sets.filter((_, at) => at % Math.ceil(sets.length / MOST_PROGRAMS) === 0);
  const { reader, sumOf } = withSums(model, some);
  some.forEach((_, at) => {
    const { cell, value } = sumOf(at);
    if (reader.reach(cell, 1, made.k - 1 - value).reach < made.k - 1 - value - 1e-6) out.setsWithinInterval++;
  });
  return out;
}

const MOST_OPEN = 14;

/**
 * The fewest cells that can be withheld for the same protection, by trying all sets: undefined where there are too many, or where
 * the rules leave less than the whole interval. Somebody alone in a cell counts as a reader, as in the library.
 */
export function fewest(made, lines) {
  const shape = shapeOf(made);
  const truth = trueCounts(made, shape);
  const { relations } = shape;
  const published = new Map(lines.map((line) => [JSON.stringify(line.key), line]));
  const withheld = Uint8Array.from(shape.keys, (key) => (published.get(JSON.stringify(key)).state === 'suppressed' ? 1 : 0));
  const { lower, upper, inSmall } = knowledge(made, shape, truth, withheld);
  const fixed = Uint8Array.from(truth, (count) => (isSensitive(made, count) ? 1 : 0));
  truth.forEach((count, cell) => {
    // Zeros that are parts of a small total are withheld in any case; other hidden zeros make the comparison unfair.
    if (count === 0 && made.zeros === 'published' && withheld[cell] === 1) fixed[cell] = inSmall[cell] === 1 ? 1 : 2;
  });
  if (fixed.includes(2) || fixed.every((mark) => mark === 0)) return undefined;
  const open = [...truth.keys()].filter((cell) => truth[cell] >= made.k);
  if (open.length > MOST_OPEN) return undefined;
  const sensitive = [...truth.keys()].filter((cell) => isSensitive(made, truth[cell]));
  const alone = sensitive.filter((cell) => truth[cell] === 1);
  const own = new Map(alone.map((cell) => [cell, ownCells(cell, truth, relations)]));
  const safe = (pattern) => {
    const model = { truth, withheld: pattern, lower, upper, relations };
    const follows = followsFrom(model);
    if (smallSets(made, model, inSmall).some(follows)) return false;
    const reader = linearReader(model);
    const keeps = (cell) => {
      if (inSmall[cell] === 1) return reader.reach(cell, 1, 1).reach >= 1 - 1e-6 || reader.reach(cell, -1, 1).reach >= 1 - 1e-6;
      return reader.reach(cell, 1, made.k - 1 - truth[cell]).reach >= made.k - 1 - truth[cell] - 1e-6 && reader.reach(cell, -1, truth[cell] - lower[cell]).reach >= truth[cell] - lower[cell] - 1e-6;
    };
    if (!sensitive.every(keeps)) return false;
    return alone.every((person) => {
      const theirs = own.get(person);
      const insider = linearReader({ ...model, lower: truth.map(() => 0), upper: truth.map(() => Infinity) }, theirs);
      return sensitive.every((cell) => theirs.has(cell) || insider.reach(cell, 1, 1).reach + insider.reach(cell, -1, 1).reach >= 1 - 1e-6);
    });
  };
  const base = Uint8Array.from(fixed, (mark) => (mark === 1 ? 1 : 0));
  const already = base.reduce((a, b) => a + b, 0);
  for (let size = 0; size <= open.length; size++) {
    for (const choice of choices(open, size)) {
      const pattern = base.slice();
      for (const cell of choice) pattern[cell] = 1;
      if (safe(pattern)) return already + size;
    }
  }
  return undefined;
}

function* choices(list, size, from = 0) {
  if (size === 0) {
    yield [];
    return;
  }
  for (let at = from; at <= list.length - size; at++) for (const rest of choices(list, size - 1, at + 1)) yield [list[at], ...rest];
}

/** The cell of somebody who is alone in it, its parts, and the totals that hold nobody else. */
function ownCells(cell, truth, relations) {
  const own = new Set();
  const walk = (at) => {
    if (own.has(at)) return;
    own.add(at);
    for (const { total, parts } of relations) {
      if (total === at) parts.forEach(walk);
      else if (parts.includes(at) && truth[total] === 1) walk(total);
    }
  };
  walk(cell);
  return own;
}
