import { checkOptions } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { Personal } from '../../core/holders/personal.js';
import type { Json } from '../../core/statement.js';
import { isDictionary, type ColumnInput, type DictionaryColumn } from '../../table/columns/encode.js';
import { Column, LaterColumn, unwrap, wrap } from '../../table/table.js';
import type { TreatOptions } from '../treat/compile.js';
import { compilePolicy, settingsOf, type NoOtherNames, type TreatmentPolicy } from '../treat/policy.js';
import { treatLeaves } from './leaves.js';
import { Place } from './place.js';
import { allRules, checkFieldRules, FieldRule, type FieldRules } from './rules.js';
import type { DeidentifiedRow, RowLocalRules } from './types.js';
import { walkRecord } from './walk.js';

/** Options of {@link deidentify}: those of the scanner and `recheck`, and rules by field. */
export interface DeidentifyOptions<F extends RowLocalRules = RowLocalRules> extends TreatOptions {
  /** What is done with a field in place of scanning it: `dropField()`, `keepField()`, `scanField(…)`, `wholeField(…)`. */
  readonly fields?: F;
}

/**
 * Takes the four identifier classes out of every field of the records, before they are counted.
 *
 * When to use: right after the door, always. Keys of a published table come from fields: a mail address that somebody
 * typed as a search word must not become one. A class that the policy does not name is labelled.
 *
 * The unit's own column is not touched: it is no field any more, is never released, and must stay able to tell
 * people apart. Each distinct value of a column is scanned once. In a column of numbers an identifier becomes NaN (of
 * bigint null), so that the column stays one of numbers; nested objects and arrays are treated as by `treatRecord`, except
 * that a value which cannot be treated (a cycle, a getter, a class instance, too deep) becomes null: one record must not
 * decide whether there is a release. A column is treated when a later stage first uses it.
 *
 * **Guarantee.** Row by row: a function of one row, of public options and a key (stability 1), so every guarantee of the
 * aggregate behind it holds as stated. Therefore only row-local treatments are accepted: `surrogate` and `countOnly`,
 * which remember earlier rows, are errors in the type and when run. **Duty:** the policy must not be chosen by looking at
 * the same data (`profile`), unless that choice is no secret; names and free text are outside the four classes.
 *
 * Cost: one scan for each distinct text of the columns that are used, and a look-up for each row.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_POLICY`, `TOKUMEI_FIELD_RULES`, `TOKUMEI_DEIDENTIFY_SCOPE` for a treatment that is
 * not row-local, `TOKUMEI_FIELD` for a rule whose field is not there, where the door declares its fields.
 * @example
 * const records = personal([{ userId: 'u1', query: 'mail yamada@example.com' }], { unit: 'user', unitOf: 'userId' });
 * String(deidentify()(records)); // => '[Personal: withheld]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function deidentify<Row, U extends string, const P extends TreatmentPolicy<'row-local'> = Record<never, never>, const F extends RowLocalRules = Record<never, never>>(
  policy: P & NoOtherNames<P> = {} as P & NoOtherNames<P>,
  options: DeidentifyOptions<F & { readonly [K in Exclude<keyof F, keyof Row>]: never }> = {},
): (p: Personal<Row, U>) => Personal<DeidentifiedRow<Row, F>, U> {
  const where = 'deidentify';
  const { fields, ...treatOptions } = checkOptions(options, where);
  const rules: FieldRules = fields === undefined ? {} : checkFieldRules(fields, where);
  const compiled = compilePolicy(policy, where);
  if (compiled.scope !== 'row-local' || allRules(rules).some((rule) => rule.scope !== 'row-local')) {
    throw new TokumeiError('TOKUMEI_DEIDENTIFY_SCOPE', { where, message: 'takes row-local treatments only: what remembers other rows has no place before an aggregate' });
  }
  const root = new Place({ policy, options: treatOptions, where }, '', [], rules);
  void root.treatment;
  const step = { stage: where, policy: settingsOf(compiled), fields: describe(rules) };
  return (p) => {
    const table = unwrap(p, where);
    for (const field of Object.keys(rules)) {
      // Where nobody declared the fields, whether one record has this one must not decide between a result and an error.
      if (table.rows === 0 || table.columns.has(field) || (table.open && !table.unitOf.includes(field))) continue;
      throw new TokumeiError('TOKUMEI_FIELD', { where, parameter: 'fields', expected: 'named by fields of the records (the unit is none)', received: field });
    }
    const columns = new Map<string, Column>();
    for (const [field, column] of table.columns) {
      const place = root.at(field);
      const action = place.rule?.action;
      if (action === 'drop') continue;
      columns.set(field, action === 'keep' ? column : treatedColumn(column, place, root));
    }
    return wrap({ ...table, columns, steps: [...table.steps, step] });
  };
}

const LIMITS = { maxDepth: 64, maxValues: 1_000_000 };

function treatedColumn(column: Column, place: Place, root: Place): Column {
  const treat = treater(place, root);
  return new Column(new LaterColumn(() => treatColumn(column.input, treat), (row) => treat(column.at(row))));
}

/** What cannot be treated is not handed on, and does not stop the others: whether there is a release must not hang on one record. */
function treater(place: Place, root: Place): (value: unknown) => unknown {
  const leaves = treatLeaves(root, 'missing');
  const known = new Map<unknown, unknown>();
  return (value) => {
    if (value === undefined || value === null || typeof value === 'boolean') return value;
    if (known.has(value)) return known.get(value);
    let treated: unknown = null;
    try {
      treated = walkRecord(value, place, leaves, LIMITS, 'deidentify');
    } catch (error) {
      if (!(error instanceof TokumeiError && UNTREATABLE.has(error.code))) throw error;
    }
    // An object would pin every row's own copy in the map and never be met again.
    if (typeof value !== 'object' && known.size < KEPT) known.set(value, treated);
    return treated;
  };
}

/** A Map ends at 2^24 entries. */
const KEPT = 1_000_000;

const UNTREATABLE: ReadonlySet<string> = new Set(['TOKUMEI_RECORD_VALUE', 'TOKUMEI_RECORD_READ', 'TOKUMEI_RECORD_CYCLE', 'TOKUMEI_RECORD_LIMIT']);

/** Each distinct value once. A dictionary keeps its indices; any other column becomes a dictionary. */
function treatColumn(input: ColumnInput, treat: (value: unknown) => unknown): ColumnInput {
  if (isDictionary(input)) return { indices: input.indices, dictionary: Array.from(input.dictionary, treat) };
  return ArrayBuffer.isView(input) ? treatNumbers(input, treat) : treatValues(input, treat);
}

function treatValues(values: ArrayLike<unknown>, treat: (value: unknown) => unknown): DictionaryColumn {
  const indices = new Int32Array(values.length);
  const dictionary: unknown[] = [];
  const known = new Map<unknown, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let index = known.get(value);
    if (index === undefined) {
      index = dictionary.push(treat(value)) - 1;
      if ((typeof value !== 'object' || value === null) && known.size < KEPT) known.set(value, index);
    }
    indices[i] = index;
  }
  return { indices, dictionary };
}

/** A typed array stays as it is where nothing in it is an identifier, so that later stages can use it without a copy. */
function treatNumbers(input: ArrayLike<unknown>, treat: (value: unknown) => unknown): ColumnInput {
  const treated = treatValues(input, treat);
  for (let i = 0; i < input.length; i++) {
    if (!Object.is(treated.dictionary[treated.indices[i] as number], input[i]) && input[i] !== 0) return treated;
  }
  return input;
}

function describe(rules: FieldRules): { readonly [field: string]: Json } {
  return Object.fromEntries(Object.entries(rules).map(([field, rule]) => [field, rule instanceof FieldRule ? rule.action : describe(rule)]));
}
