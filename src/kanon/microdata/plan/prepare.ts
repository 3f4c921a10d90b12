import { TokumeiError } from '../../../core/errors.js';
import { columnOf } from '../../../table/fields.js';
import type { PersonalTable } from '../../../table/table.js';
import type { CodedAttribute } from '../hierarchies/coded.js';
import { buildHierarchy, checkHierarchy, MISSING, type BuiltHierarchy, type Hierarchy } from '../hierarchies/hierarchy.js';
import type { SensitiveColumn } from '../models/diversity.js';
import type { CodedSensitive } from '../search/searchTable.js';
import { valuesOf } from './values.js';

/** A quasi-identifier: how its values are generalized, and what happens to those that the hierarchy does not know. */
export interface QuasiIdentifier {
  readonly hierarchy: Hierarchy;
  /** Lowest and highest level that the search may choose. Default: all. */
  readonly minLevel?: number;
  readonly maxLevel?: number;
  /**
   * Missing values (null, undefined): a category of its own that joins the others at the top; a wildcard, released as
   * `*` and never counted for anybody else; or an error. Default `'reject'`.
   */
  readonly missing?: 'own-category' | 'wildcard' | 'reject';
  /** Values that are not among the leaves: an error, the row left out, or `*`. Default `'reject'`. */
  readonly unseen?: 'reject' | 'suppress' | 'wildcard';
  /** A leaf that stands twice in the hierarchy: refused, or counted twice as ARX does. Default `'reject'`. */
  readonly duplicateLeaves?: 'reject' | 'count';
}

/** Rows ready for a search: those that take part, and their codes. */
export interface Prepared {
  /** The row of the table behind each row of the codes. */
  readonly rows: Int32Array;
  readonly fields: readonly string[];
  readonly attributes: readonly CodedAttribute[];
  readonly built: readonly BuiltHierarchy[];
  readonly sensitive: readonly CodedSensitive[];
  readonly texts: readonly (readonly string[])[];
  /** Rows left out because a value is unseen. */
  readonly unseen: number;
}

export interface PrepareOptions {
  readonly where: string;
  /** In the order of the levels of a plan, which an object need not keep. */
  readonly quasiIdentifiers: readonly (readonly [field: string, quasiIdentifier: QuasiIdentifier])[];
  readonly sensitive: readonly string[];
  /** A unit with several rows: an error, or only its first row is used. */
  readonly severalRows: 'reject' | 'keep-first';
}

/** @throws {TokumeiError} `TOKUMEI_QUASI_IDENTIFIERS`, `TOKUMEI_HIERARCHY` */
export function checkQuasiIdentifiers(quasiIdentifiers: { readonly [field: string]: QuasiIdentifier }, where: string): void {
  const bad = (parameter: string, expected: string, received?: unknown): never => {
    throw new TokumeiError('TOKUMEI_QUASI_IDENTIFIERS', { where, parameter, expected, received });
  };
  const fields = typeof quasiIdentifiers === 'object' && quasiIdentifiers !== null ? Object.entries(quasiIdentifiers) : [];
  if (fields.length === 0) bad('quasiIdentifiers', 'at least one field with its hierarchy', quasiIdentifiers);
  for (const [field, q] of fields) {
    if (typeof q !== 'object' || q === null || typeof q.hierarchy !== 'object' || q.hierarchy === null) bad(`quasiIdentifiers.${field}`, '{ hierarchy }', q);
    checkHierarchy(q.hierarchy, { attribute: field, where, duplicateLeaves: q.duplicateLeaves ?? 'reject' });
    const height = q.hierarchy.rows[0]!.length - 1;
    const { minLevel = 0, maxLevel = height } = q;
    if (!Number.isSafeInteger(minLevel) || minLevel < 0 || minLevel > height) bad(`${field}.minLevel`, `a level from 0 to ${height}`, minLevel);
    if (!Number.isSafeInteger(maxLevel) || maxLevel < minLevel || maxLevel > height) bad(`${field}.maxLevel`, `a level from ${minLevel} to ${height}`, maxLevel);
    if (!['own-category', 'wildcard', 'reject'].includes(q.missing ?? 'reject')) bad(`${field}.missing`, "'own-category', 'wildcard' or 'reject'", q.missing);
    if (!['reject', 'suppress', 'wildcard'].includes(q.unseen ?? 'reject')) bad(`${field}.unseen`, "'reject', 'suppress' or 'wildcard'", q.unseen);
  }
}

/** Codes the quasi-identifiers and sensitive attributes of the rows that take part. */
export function prepare(table: PersonalTable, options: PrepareOptions): Prepared {
  const { where } = options;
  const taken = takePart(table, options);
  const entries = options.quasiIdentifiers;
  const built = entries.map(([field, { hierarchy }]) => buildHierarchy(field, hierarchy));
  const coded = entries.map(([field, q], i) => codedBy(table, field, q, built[i]!, taken) ?? { built: built[i]!, codes: leavesOf(table, field, q, built[i]!, taken, where) });
  const leaves = coded.map(({ codes }) => codes);
  const known = withoutUnseen(taken.length, leaves);
  const rows = known === undefined ? taken : pick(taken, known);
  const sensitive = options.sensitive.map((field) => codeSensitive(table, field, rows, where));
  return {
    rows,
    fields: entries.map(([field]) => field),
    attributes: coded.map(({ built: { coded: hierarchy }, codes }) => ({ hierarchy, codes: known === undefined ? codes : pick(codes, known) })),
    built: coded.map((one) => one.built),
    sensitive: sensitive.map(({ column }) => column),
    texts: sensitive.map(({ texts }) => texts),
    unseen: taken.length - rows.length,
  };
}

/** How the values of a sensitive attribute are spread over all rows of the table: those in the sample, where the others are only the population behind it. */
export function sensitiveColumn(prepared: Pick<Prepared, 'sensitive' | 'texts'>, field: string, inSample?: Uint8Array): (SensitiveColumn & { readonly texts: readonly string[] }) | undefined {
  const index = prepared.sensitive.findIndex(({ name }) => name === field);
  if (index < 0) return undefined;
  const { codes, size } = prepared.sensitive[index]!;
  const overall = new Float64Array(size);
  let rows = 0;
  for (let i = 0; i < codes.length; i++) {
    const one = inSample?.[i] ?? 1;
    overall[codes[i]!]! += one;
    rows += one;
  }
  for (let v = 0; v < size; v++) overall[v]! /= Math.max(1, rows);
  return { index, values: size, overall, texts: prepared.texts[index]! };
}

/** The rows that take part, one of each unit. @throws {TokumeiError} `TOKUMEI_ROWS_PER_UNIT` */
export function takePart(table: PersonalTable, { where, severalRows }: Pick<PrepareOptions, 'where' | 'severalRows'>): Int32Array {
  const { codes, size } = table.units;
  const seen = new Uint8Array(size);
  const out = new Int32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    const unit = codes[row]!;
    if (unit < 0) continue;
    if (seen[unit] === 1) {
      if (severalRows === 'reject') {
        throw new TokumeiError('TOKUMEI_ROWS_PER_UNIT', {
          where,
          message: `a ${table.unit} has more than one row, so a class of k rows may be fewer than k ${table.unit}s; make one row of each first, or pass severalRows: 'keep-first'`,
        });
      }
      continue;
    }
    seen[unit] = 1;
    out[count++] = row;
  }
  return out.slice(0, count);
}

const UNSEEN = -1;
const UNASKED = -2;

/**
 * Where every row takes part and every value is a leaf of its own, the codes of the column serve as leaves: it is the
 * short hierarchy that is put into their order, not the long column into that of the hierarchy.
 */
function codedBy(table: PersonalTable, field: string, q: QuasiIdentifier, built: BuiltHierarchy, rows: Int32Array): { readonly built: BuiltHierarchy; readonly codes: Int32Array } | undefined {
  const column = table.columns.get(field)?.coded;
  const leaves = built.own + 2;
  if (column === undefined || rows.length !== table.rows || column.size > 4 * leaves) return undefined;
  const leafOf = new Int32Array(column.size);
  const taken = new Uint8Array(leaves);
  for (let code = 0; code < column.size; code++) {
    const content = column.content(code);
    const leaf = content === null ? (q.missing === 'own-category' ? built.own : q.missing === 'wildcard' ? built.any : -1) : (built.leafOf.get(String(content)) ?? -1);
    if (leaf < 0 || taken[leaf] === 1) return undefined;
    taken[leaf] = 1;
    leafOf[code] = leaf;
  }
  let signs = 0;
  for (let row = 0; row < column.codes.length; row++) signs |= column.codes[row]!;
  if (signs < 0) return undefined;
  const levels = built.coded.levels.map((level) => ({ ...level, codes: pick(level.codes, leafOf) }));
  return { built: { ...built, coded: { ...built.coded, levels } }, codes: column.codes };
}

function leavesOf(table: PersonalTable, field: string, q: QuasiIdentifier, built: BuiltHierarchy, rows: Int32Array, where: string): Int32Array {
  const coded = columnOf(table, field, where, 'quasiIdentifiers', 'refused').coded;
  const { codes } = coded;
  const leafOf = new Int32Array(coded.size).fill(UNASKED);
  const leafFor = (code: number): number => {
    // What is no key (a fraction, an object) is a value that no hierarchy holds.
    if (code < 0) return unseen(q, built, field, where);
    const content = coded.content(code);
    return (leafOf[code] = content === null ? missing(q, built, field, where) : (built.leafOf.get(String(content)) ?? unseen(q, built, field, where)));
  };
  const leaves = new Int32Array(rows.length);
  for (let i = 0; i < leaves.length; i++) {
    const code = codes[rows[i]!]!;
    const leaf = code < 0 ? UNASKED : leafOf[code]!;
    leaves[i] = leaf === UNASKED ? leafFor(code) : leaf;
  }
  return leaves;
}

function missing(q: QuasiIdentifier, built: BuiltHierarchy, field: string, where: string): number {
  if (q.missing === 'own-category') return built.own;
  if (q.missing === 'wildcard') return built.any;
  throw new TokumeiError('TOKUMEI_MISSING_VALUE', { where, message: `${JSON.stringify(field)} has missing values; say what they are: missing: 'own-category' or 'wildcard'` });
}

// The value itself stays unnamed: it comes from the data alone.
function unseen(q: QuasiIdentifier, built: BuiltHierarchy, field: string, where: string): number {
  if (q.unseen === 'suppress') return UNSEEN;
  if (q.unseen === 'wildcard') return built.any;
  throw new TokumeiError('TOKUMEI_UNSEEN_VALUE', {
    where,
    message: `${JSON.stringify(field)} holds a value that is not among the ${built.leafOf.size} leaves of its hierarchy; add it there, or pass unseen: 'suppress' or 'wildcard'`,
  });
}

/** Positions of the rows whose values are all known; undefined where all are. */
function withoutUnseen(rows: number, leaves: readonly Int32Array[]): Int32Array | undefined {
  if (leaves.every(noneUnseen)) return undefined;
  const known: number[] = [];
  for (let i = 0; i < rows; i++) if (leaves.every((leaf) => leaf[i] !== UNSEEN)) known.push(i);
  return Int32Array.from(known);
}

// All other leaves are 0 or above. A plain loop, since `includes` looks at each element more closely than it has to.
function noneUnseen(leaves: Int32Array): boolean {
  let signs = 0;
  for (let i = 0; i < leaves.length; i++) signs |= leaves[i]!;
  return signs >= 0;
}

function pick(codes: Int32Array, rows: Int32Array): Int32Array {
  const out = new Int32Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = codes[rows[i]!]!;
  return out;
}

/** Only values that occur get a code; a missing sensitive value is a value of its own. */
export function codeSensitive(table: PersonalTable, field: string, rows: Int32Array, where: string): { column: CodedSensitive; texts: readonly string[] } {
  const coded = valuesOf(table, field, rows, 'sensitive', where);
  const numbers = new Int32Array(coded.size).fill(-1);
  const texts: string[] = [];
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const code = coded.codes[rows[i]!]!;
    if (numbers[code] === -1) {
      numbers[code] = texts.length;
      const content = coded.content(code);
      texts.push(content === null ? MISSING : String(content));
    }
    codes[i] = numbers[code]!;
  }
  return { column: { name: field, codes, size: Math.max(1, texts.length) }, texts };
}
