import type { CodedAttribute } from '../hierarchies/coded.js';
import { DenseIds, gather, type Numbered } from './grouping/denseIds.js';
import type { GroupList, Parts } from './grouping/groupList.js';
import { Part } from './grouping/part.js';

/** A sensitive attribute of all rows. Codes are below `size`. */
export interface CodedSensitive {
  readonly name: string;
  readonly codes: Int32Array;
  readonly size: number;
}

/** What a search works on: rows put together by equal quasi-identifiers and sensitive values. */
export interface SearchTable {
  readonly attributes: readonly CodedAttribute[];
  readonly rows: number;
  readonly parts: Parts;
  readonly base: GroupList;
  /** The entry of `base` behind each row, -1 for a row that takes no part. */
  readonly entryOf: Int32Array;
  readonly sensitive: readonly CodedSensitive[];
  /** For each sensitive attribute, its value in each combination of sensitive values. */
  readonly sensitiveOf: readonly Int32Array[];
  /** For each attribute, how many rows have each leaf. */
  readonly marginals: readonly Int32Array[];
}

/** How many half-tuple numbers a part may keep: 64 MB. */
const BUDGET = 16_000_000;

/**
 * Encodes a table for searching. `inSample` marks the rows that are to be published, where the others are known only
 * as the population behind them (k-map, delta-presence).
 */
export function searchTable(attributes: readonly CodedAttribute[], sensitive: readonly CodedSensitive[], rows: number, inSample?: Uint8Array): SearchTable {
  const ids = new DenseIds();
  const [firstMembers, secondMembers] = split(attributes, rows, ids);
  const left = halves(attributes, firstMembers, rows, ids);
  const right = halves(attributes, secondMembers, rows, ids);
  const combos = sensitive.length === 0 ? undefined : combine(sensitive, rows, ids);

  const entries = entriesOf(combos === undefined ? [left, right] : [left, right, combos], rows);
  const weight = new Int32Array(entries.size);
  const population = inSample === undefined ? undefined : new Int32Array(entries.size);
  let sample = rows;
  if (inSample === undefined || population === undefined) {
    for (let i = 0; i < rows; i++) weight[entries.codes[i]!]!++;
  } else {
    sample = 0;
    for (let i = 0; i < rows; i++) {
      population[entries.codes[i]!]!++;
      weight[entries.codes[i]!]! += inSample[i]!;
      sample += inSample[i]!;
    }
  }
  const base: GroupList = {
    size: entries.size,
    first: gather(left.codes, entries.examples),
    second: gather(right.codes, entries.examples),
    sensitive: combos === undefined ? undefined : gather(combos.codes, entries.examples),
    firstRow: entries.examples,
    weight,
    population,
    levels: new Uint8Array(attributes.length),
    dropped: { rows: 0, leaves: [] },
  };
  const part = (members: readonly number[], half: Half): Part => new Part(attributes, members, half.leaves, half.size, ids, BUDGET);
  const parts: Parts = { first: part(firstMembers, left), second: part(secondMembers, right) };
  return {
    attributes,
    rows: sample,
    parts,
    base,
    entryOf: entries.codes,
    sensitive,
    sensitiveOf: combos === undefined ? [] : sensitive.map(({ codes }) => gather(codes, combos.examples)),
    marginals: marginalsOf(attributes, base, parts),
  };
}

/**
 * Entries in the order of their halves: rows are sorted by the last half first, and equal neighbours become one entry.
 * Neighbours then share their first half at every node, so a look touches one stretch of its table after another.
 */
function entriesOf(fields: readonly { readonly codes: Int32Array; readonly size: number }[], rows: number): Numbered {
  let order: Int32Array | undefined;
  for (let f = fields.length - 1; f >= 0; f--) order = sortedBy(fields[f]!, order);
  const starts = new Uint8Array(rows);
  for (const { codes } of fields) {
    let last = -1;
    for (let i = 0; i < rows; i++) {
      const code = codes[order![i]!]!;
      if (code !== last) starts[i] = 1;
      last = code;
    }
  }
  const codes = new Int32Array(rows);
  const examples = new Int32Array(rows);
  let size = 0;
  for (let i = 0; i < rows; i++) {
    const row = order![i]!;
    if (starts[i] === 1) examples[size++] = row;
    codes[row] = size - 1;
  }
  return { codes, size, examples: examples.slice(0, size) };
}

/** The rows sorted by their code, equal ones left in the order that was given. */
function sortedBy({ codes, size }: { readonly codes: Int32Array; readonly size: number }, order: Int32Array | undefined): Int32Array {
  const places = new Int32Array(size + 1);
  for (let row = 0; row < codes.length; row++) places[codes[row]! + 1]!++;
  for (let code = 0; code < size; code++) places[code + 1]! += places[code]!;
  const out = new Int32Array(codes.length);
  if (order === undefined) for (let row = 0; row < codes.length; row++) out[places[codes[row]!]!++] = row;
  else for (let i = 0; i < order.length; i++) out[places[codes[order[i]!]!]!++] = order[i]!;
  return out;
}

interface Half {
  readonly codes: Int32Array;
  readonly size: number;
  readonly leaves: readonly Int32Array[];
}

function halves(attributes: readonly CodedAttribute[], members: readonly number[], rows: number, ids: DenseIds): Half {
  ids.begin(rows);
  for (const at of members) {
    const { codes, hierarchy } = attributes[at]!;
    ids.add(codes, hierarchy.levels[0]!.codes.length);
  }
  const { codes, size, examples } = ids.finish();
  return { codes, size, leaves: members.map((at) => gather(attributes[at]!.codes, examples)) };
}

function combine(sensitive: readonly CodedSensitive[], rows: number, ids: DenseIds): { codes: Int32Array; size: number; examples: Int32Array } {
  ids.begin(rows);
  for (const { codes, size } of sensitive) ids.add(codes, size);
  return ids.finish();
}

/** For each attribute, rows by leaf: summed over half tuples first, which are few. */
function marginalsOf(attributes: readonly CodedAttribute[], base: GroupList, parts: Parts): readonly Int32Array[] {
  const marginals = attributes.map(({ hierarchy }) => new Int32Array(hierarchy.levels[0]!.codes.length));
  const count = (part: Part, halves: Int32Array): void => {
    const rows = new Int32Array(part.size);
    for (let e = 0; e < base.size; e++) rows[halves[e]!]! += base.weight[e]!;
    part.members.forEach((a, i) => {
      const leaves = part.leaves[i]!;
      const counts = marginals[a]!;
      for (let half = 0; half < rows.length; half++) counts[leaves[half]!]! += rows[half]!;
    });
  };
  count(parts.first, base.first);
  count(parts.second, base.second);
  return marginals;
}

const SAMPLE = 1024;

/**
 * Two parts with few different half tuples each: the largest domain first, always to the part that stays smaller by
 * it, as far as a sample of rows tells.
 */
function split(attributes: readonly CodedAttribute[], rows: number, ids: DenseIds): readonly [readonly number[], readonly number[]] {
  const order = attributes.map((_, at) => at).sort((a, b) => attributes[b]!.hierarchy.levels[0]!.size - attributes[a]!.hierarchy.levels[0]!.size || a - b);
  const count = Math.min(rows, SAMPLE);
  const picked = Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
  const fields = attributes.map(({ codes }) => gather(codes, picked));
  const parts: [number[], number[]] = [[], []];
  for (const at of order) {
    const sizes = parts.map((members) => {
      ids.begin(count);
      for (const a of [...members, at]) ids.add(fields[a]!, attributes[a]!.hierarchy.levels[0]!.codes.length);
      return ids.finish().size;
    });
    parts[sizes[0]! <= sizes[1]! ? 0 : 1].push(at);
  }
  return parts;
}
