// Made-up tables: up to three dimensions, with totals and groups of groups.
import { generator } from './generator.mjs';

export const between = (random, a, b) => a + Math.floor(random() * (b - a + 1));

/** A tree of groups as kTable takes it. */
export function madeTree(random, name, small) {
  const leaves = (prefix, most) => Array.from({ length: between(random, 2, most) }, (_, i) => `${prefix}.${i}`);
  if (random() < 0.55) return leaves(name, small ? 4 : 6);
  return Object.fromEntries(Array.from({ length: between(random, 2, small ? 2 : 3) }, (_, i) => [`${name}${i}`, leaves(`${name}${i}`, small ? 3 : 4)]));
}

const leavesOf = (tree) => (Array.isArray(tree) ? tree : Object.values(tree).flatMap(leavesOf));

/** Rows about people, each in one group of each field, with skewed and partly empty cells. */
export function madeTable(seed, small = false) {
  const random = generator(seed);
  const dimensions = between(random, 1, small ? 2 : 3);
  const by = Array.from({ length: dimensions }, (_, d) => `f${d}`);
  const groups = Object.fromEntries(by.map((field, d) => [field, madeTree(random, `abc`[d], small)]));
  const mean = [2, 5, 10, 25][between(random, 0, 3)];
  const empty = [0, 0.1, 0.3][between(random, 0, 2)];
  const rows = [];
  const walk = (row, d) => {
    if (d < dimensions) {
      for (const leaf of leavesOf(groups[by[d]])) walk({ ...row, [by[d]]: leaf }, d + 1);
      return;
    }
    const people = random() < empty ? 0 : Math.floor(-Math.log(1 - random()) * mean);
    for (let i = 0; i < people; i++) rows.push({ ...row, id: rows.length });
  };
  walk({}, 0);
  return { by, groups, rows, k: between(random, 3, 6), zeros: random() < 0.5 ? 'published' : 'suppressed' };
}

/** Everything a reader knows of the shape: keys in their order, and which add up to which. Worked out from the trees alone. */
export function shapeOf({ by, groups }) {
  const dimensions = by.map((field) => {
    const labels = [];
    const parts = new Map();
    const walk = (label, tree) => {
      labels.push(label);
      const below = Array.isArray(tree) ? tree.map((leaf) => [leaf, undefined]) : tree === undefined ? [] : Object.entries(tree);
      parts.set(label, below.map(([name]) => name));
      for (const [name, sub] of below) walk(name, sub);
    };
    walk('total', groups[field]);
    return { labels, parts };
  });
  const keys = dimensions.reduce((all, { labels }) => all.flatMap((key) => labels.map((label) => [...key, label])), [[]]);
  const place = new Map(keys.map((key, at) => [JSON.stringify(key), at]));
  const relations = [];
  keys.forEach((key, total) => {
    dimensions.forEach(({ parts }, d) => {
      const below = parts.get(key[d]);
      if (below.length > 0) relations.push({ total, parts: below.map((name) => place.get(JSON.stringify(key.with(d, name)))), field: by[d] });
    });
  });
  return { keys, place, relations };
}

/** Distinct people of every cell, counted from the rows. */
export function trueCounts({ by, groups, rows }, { keys }) {
  const above = by.map((field) => {
    const paths = new Map();
    const walk = (label, tree, path) => {
      const own = [...path, label];
      if (tree === undefined) paths.set(label, own);
      else for (const [name, sub] of Array.isArray(tree) ? tree.map((leaf) => [leaf, undefined]) : Object.entries(tree)) walk(name, sub, own);
    };
    walk('total', groups[field], []);
    return paths;
  });
  const people = new Map();
  for (const row of rows) {
    let cells = [[]];
    by.forEach((field, d) => (cells = cells.flatMap((cell) => above[d].get(row[field]).map((label) => [...cell, label]))));
    for (const cell of cells) {
      const id = JSON.stringify(cell);
      if (!people.has(id)) people.set(id, new Set());
      people.get(id).add(row.id);
    }
  }
  return Float64Array.from(keys, (key) => people.get(JSON.stringify(key))?.size ?? 0);
}
