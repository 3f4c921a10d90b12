// Made-up sets of tables that share fields, and a reader of all of them at once. Nothing here is shared with the library: a cell is
// the set of the finest groups that it holds, and the reader's unknowns are these.
import { generator } from './generator.mjs';
import { between, madeTree } from './madeTables.mjs';
import { linearReader } from './tableReader.mjs';

const leavesOf = (tree) => (Array.isArray(tree) ? tree : Object.values(tree).flatMap(leavesOf));

/** Another way to put the same leaves into groups. */
function otherTree(random, name, leaves) {
  const groups = {};
  leaves.forEach((leaf, at) => {
    const group = `${name}other${at < 2 ? at : between(random, 0, 1)}`;
    (groups[group] ??= []).push(leaf);
  });
  return groups;
}

/** Two or three tables over two or three fields; now and then a field has other sub-totals in the second table. */
export function madeSet(seed) {
  const random = generator(seed);
  const fields = ['f0', 'f1', 'f2'].slice(0, between(random, 2, 3));
  const trees = Object.fromEntries(fields.map((field, d) => [field, madeTree(random, 'abc'[d], true)]));
  const shapes = fields.length === 2 ? [[['f0', 'f1'], ['f0']], [['f0'], ['f1']], [['f0', 'f1'], ['f1', 'f0']]] : [[['f0', 'f1'], ['f0', 'f2']], [['f0', 'f1'], ['f1', 'f2'], ['f0', 'f2']], [['f0', 'f1'], ['f2']], [['f0'], ['f1', 'f2']]];
  const tables = shapes[between(random, 0, shapes.length - 1)].map((by, at) => ({
    by,
    groups: Object.fromEntries(by.map((field) => [field, at === 1 && random() < 0.5 && leavesOf(trees[field]).length > 2 ? otherTree(random, field, leavesOf(trees[field])) : trees[field]])),
  }));
  const mean = [1, 3, 8][between(random, 0, 2)];
  const empty = [0, 0.2, 0.5][between(random, 0, 2)];
  const rows = [];
  const walk = (row, d) => {
    if (d < fields.length) {
      for (const leaf of leavesOf(trees[fields[d]])) walk({ ...row, [fields[d]]: leaf }, d + 1);
      return;
    }
    const people = random() < empty ? 0 : Math.floor(-Math.log(1 - random()) * mean);
    for (let i = 0; i < people; i++) rows.push({ ...row, id: rows.length });
  };
  walk({}, 0);
  return { fields, trees, tables, rows, k: between(random, 3, 5), zeros: random() < 0.5 ? 'published' : 'suppressed' };
}

/** The groups of a tree by label, each as its leaves. */
function groupsOf(tree) {
  const all = new Map([['total', leavesOf(tree)]]);
  const walk = (name, below) => {
    all.set(name, Array.isArray(below) ? below : below === undefined ? [name] : leavesOf(below));
    if (Array.isArray(below)) for (const leaf of below) all.set(leaf, [leaf]);
    else for (const [label, more] of Object.entries(below)) walk(label, more);
  };
  if (Array.isArray(tree)) for (const leaf of tree) all.set(leaf, [leaf]);
  else for (const [label, below] of Object.entries(tree)) walk(label, below);
  return all;
}

/** Everything a reader of the set knows of its shape: cells as sets of finest cells, seen in some table or not. */
function shapeOfSet({ fields, trees, tables }) {
  const leaves = fields.map((field) => leavesOf(trees[field]));
  const finest = leaves.reduce((all, list) => all.flatMap((key) => list.map((leaf) => [...key, leaf])), [[]]);
  const place = new Map(finest.map((key, at) => [key.join(), at]));
  const cells = new Map();
  const cellOf = (sets) => {
    const members = sets.reduce((all, list) => all.flatMap((key) => list.map((leaf) => [...key, leaf])), [[]]).map((key) => place.get(key.join()));
    members.sort((a, b) => a - b);
    const id = members.join();
    if (!cells.has(id)) cells.set(id, { members, seen: [] });
    return cells.get(id);
  };
  // All crosses of groups of any table: what is seen nowhere may be worked out too.
  const groups = fields.map((field) => {
    const sets = tables.filter(({ by }) => by.includes(field)).flatMap(({ groups: trees_ }) => [...groupsOf(trees_[field]).values()]);
    return [...new Map(sets.map((list) => [[...list].sort().join(), list])).values(), ...leavesOf(trees[field]).map((leaf) => [leaf])];
  });
  for (const sets of groups.reduce((all, list) => all.flatMap((key) => list.map((set) => [...key, set])), [[]])) cellOf(sets);
  tables.forEach(({ by, groups: own }, t) => {
    const labels = by.map((field) => groupsOf(own[field]));
    const keys = labels.reduce((all, list) => all.flatMap((key) => [...list.keys()].map((label) => [...key, label])), [[]]);
    for (const key of keys) {
      const sets = fields.map((field, d) => (by.includes(field) ? labels[by.indexOf(field)].get(key[by.indexOf(field)]) : leaves[d]));
      cellOf(sets).seen.push({ table: t, key: JSON.stringify(key) });
    }
  });
  return { finest, place, cells: [...cells.values()] };
}

/** @param published for each table its lines. Returns how many cells a reader of all recovers, or narrows down beyond what the rules do. */
export function readSet(made, published, insiders = 3) {
  const { fields, k, zeros } = made;
  const { place, cells, finest } = shapeOfSet(made);
  const people = new Float64Array(finest.length);
  for (const row of made.rows) people[place.get(fields.map((field) => row[field]).join())]++;
  const truth = Float64Array.from(cells, ({ members }) => members.reduce((sum, at) => sum + people[at], 0));
  const seen = cells.map((cell) => cell.seen.length > 0);
  const lines = published.map((list) => new Map(list.map((line) => [JSON.stringify([line.key].flat()), line])));
  const withheld = new Uint8Array(cells.length).fill(1);
  const out = { cells: 0, withheld: 0, recovered: 0, recoveredWithinInterval: 0, unseenRecovered: 0, insidersRecovered: 0, knownBeforehand: 0, inconsistent: 0 };
  cells.forEach((cell, at) => {
    const states = new Set(cell.seen.map(({ table, key }) => lines[table].get(key).state));
    if (states.size > 1) out.inconsistent++;
    for (const { table, key } of cell.seen) {
      const { state, count } = lines[table].get(key);
      if (state === 'suppressed') continue;
      withheld[at] = 0;
      if (count !== truth[at]) throw new Error('a published count is wrong');
    }
  });
  const isSmall = (at) => truth[at] < k;
  const isSensitive = (at) => isSmall(at) && (truth[at] > 0 || zeros === 'suppressed');
  const inSmall = cells.map(({ members }, at) => cells.some((other, t) => t !== at && seen[t] && withheld[t] === 1 && truth[t] > 0 && truth[t] < k && other.members.length > members.length && members.every((one) => other.members.includes(one))));
  const lower = truth.map((_, at) => (!seen[at] ? 0 : !isSmall(at) ? k : zeros === 'suppressed' || inSmall[at] || truth[at] === 0 ? 0 : 1));
  const upper = truth.map((_, at) => (seen[at] && isSmall(at) ? k - 1 : Infinity));
  // The finest cells are the unknowns; every other is the sum of those it holds.
  const single = new Map(cells.flatMap(({ members }, at) => (members.length === 1 ? [[members[0], at]] : [])));
  const relations = cells.flatMap(({ members }, total) => (members.length === 1 ? [] : [{ total, parts: members.map((one) => single.get(one)) }]));
  const nothing = truth.map(() => 0);
  const open = truth.map(() => Infinity);
  const reader = linearReader({ truth, withheld, lower, upper, relations });
  const plain = linearReader({ truth, withheld, lower: nothing, upper: open, relations });
  let blind;
  const blindReader = () => (blind ??= linearReader({ truth, withheld: Uint8Array.from(truth, (value, at) => (seen[at] && value === 0 && withheld[at] === 0 ? 0 : 1)), lower, upper, relations }));
  const certain = (who, at) => who.reach(at, 1, 1).reach + who.reach(at, -1, 1).reach < 1 - 1e-6;
  truth.forEach((count, at) => {
    if (!seen[at]) {
      if (count > 0 && count < k && certain(reader, at) && !certain(blindReader(), at)) out.unseenRecovered++;
      return;
    }
    out.cells++;
    out.withheld += withheld[at];
    if (withheld[at] === 0) {
      if (isSensitive(at)) out.recovered++;
      return;
    }
    if (!isSensitive(at)) {
      if (count > 0 && certain(plain, at)) out.recovered++;
      return;
    }
    if (certain(reader, at)) {
      if (certain(blindReader(), at)) out.knownBeforehand++;
      else out.recovered++;
    }
    if (inSmall[at]) return;
    const needs = [k - 1 - count, count - lower[at]];
    const reached = [reader.reach(at, 1, needs[0]), reader.reach(at, -1, needs[1])];
    if (reached.every(({ reach, whole }, side) => reach >= needs[side] - 1e-6 && whole)) return;
    const limits = [blindReader().reach(at, 1, needs[0]).reach, blindReader().reach(at, -1, needs[1]).reach];
    if (reached.some(({ reach }, side) => Math.floor(reach + 1e-6) < Math.floor(Math.min(needs[side], limits[side]) + 1e-6))) out.recoveredWithinInterval++;
  });
  const alone = [...truth.keys()].filter((at) => seen[at] && truth[at] === 1).slice(0, insiders);
  for (const person of alone) {
    const home = cells[person].members.find((one) => people[one] === 1);
    // Their cell, every cell that holds nobody but them, and all parts of these.
    const theirs = [...truth.keys()].filter((at) => seen[at] && truth[at] === 1 && cells[at].members.includes(home));
    const own = new Set([...truth.keys()].filter((at) => theirs.some((whole) => cells[at].members.every((one) => cells[whole].members.includes(one)))));
    const insider = linearReader({ truth, withheld, lower: nothing, upper: open, relations }, own);
    truth.forEach((_, at) => {
      if (seen[at] && withheld[at] === 1 && isSensitive(at) && !own.has(at) && certain(insider, at)) out.insidersRecovered++;
    });
  }
  return out;
}
