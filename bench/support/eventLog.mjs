// Event logs for measurements: a CSV file (plain or gzipped) or a made-up shop with heavy contributors.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { generator } from './generator.mjs';

/** Two columns of a log as texts, and exact counts of distinct units by item: what a private ranking is compared with. */
export function readEvents(path, unitColumn, itemColumn) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [header, ...rows] = parse(text, { bom: true, skip_empty_lines: true });
  const place = (name) => {
    const at = header.indexOf(name);
    if (at < 0) throw new Error(`the log has no column ${name}`);
    return at;
  };
  const [unit, item] = [place(unitColumn), place(itemColumn)];
  return log(rows.map((row) => row[unit]), rows.map((row) => row[item]));
}

/** `shop` or `shop:SEED`: a year of a shop of 4,335 customers and 3,659 items, one customer with 1,785 of them. */
export function madeUpShop(seed) {
  const uniform = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const [customers, items, most] = [4335, 3659, 1785];
  // Popularity falls slowly at the top and fast at the end, as in a shop of gifts.
  const weights = Array.from({ length: items }, (_, i) => 900 * (1 + (i + 1) / 3) ** -0.3 * Math.exp(-(i + 1) / 1300 + 0.03 * normal()));
  const cumulative = [];
  weights.reduce((sum, weight, i) => (cumulative[i] = sum + weight), 0);
  const [units, bought] = [[], []];
  for (let customer = 0; customer < customers; customer++) {
    const wanted = customer === 0 ? most : Math.min(most, Math.max(1, Math.round(35 * Math.exp(1.15 * normal()))));
    for (const item of basket(wanted, weights, cumulative, uniform)) {
      units.push(`c${customer}`);
      bought.push(`i${item}`);
    }
  }
  return log(units, bought);
}

/** Different items, each next one with probability by weight. */
function basket(wanted, weights, cumulative, uniform) {
  if (wanted > 200) {
    const order = weights.map((weight, i) => [Math.log(1 - uniform()) / weight, i]).sort((a, b) => b[0] - a[0]);
    return order.slice(0, wanted).map(([, i]) => i);
  }
  const items = new Set();
  while (items.size < wanted) {
    const at = uniform() * cumulative[cumulative.length - 1];
    let [low, high] = [0, cumulative.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > at) high = middle;
      else low = middle + 1;
    }
    items.add(low);
  }
  return items;
}

function log(units, items) {
  const byItem = new Map();
  units.forEach((unit, i) => {
    const item = items[i];
    if (!byItem.has(item)) byItem.set(item, new Set());
    byItem.get(item).add(unit);
  });
  return { units, items, truth: new Map([...byItem].map(([item, set]) => [item, set.size])) };
}
