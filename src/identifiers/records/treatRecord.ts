import { checkInteger, checkOptions } from '../../core/checks.js';
import type { TreatOptions } from '../treat/compile.js';
import { compilePolicy, type NoOtherNames, type PolicyScope, type TreatmentPolicy } from '../treat/policy.js';
import type { TreatmentScope } from '../treat/types.js';
import { treatLeaves } from './leaves.js';
import { Place } from './place.js';
import { allRules, checkFieldRules, type FieldRule, type FieldRules } from './rules.js';
import type { MisnamedFields, TreatedRecord } from './types.js';
import { walkRecord } from './walk.js';

/** Options of {@link treatRecord}: those of the scanner and `recheck`, rules by field, and limits. */
export interface TreatRecordOptions<F extends FieldRules = FieldRules> extends TreatOptions {
  /** What is done with a field in place of scanning it: `dropField()`, `keepField()`, `scanField(…)`, `wholeField(…)`. */
  readonly fields?: F;
  /** Levels of nesting before a record is refused. 64 by default. */
  readonly maxDepth?: number;
  /** Values in one record before it is refused. A million by default. */
  readonly maxValues?: number;
}

/** A function from record to treated record, with the scope of its treatments in its type. */
export interface RecordTreatment<F, Scope extends TreatmentScope = TreatmentScope> {
  <Row>(row: Row & NoMisnamed<Row, F>): TreatedRecord<Row, F>;
  readonly scope: Scope;
}

type NoMisnamed<Row, F> = [MisnamedFields<Row, F>] extends [never] ? unknown : { readonly 'no such field': MisnamedFields<Row, F> };

type RuleScopes<F> = { [K in keyof F]: F[K] extends FieldRule<infer _A, infer S> ? S : F[K] extends FieldRules ? RuleScopes<F[K]> : never }[keyof F];
type ScopeOf<P, F> = 'across-rows' extends PolicyScope<P> | RuleScopes<F> ? 'across-rows' : 'row-local';

/**
 * Makes a stage that treats every text, number and key of a record, and gives a copy.
 *
 * When to use: rows, JSON documents, log entries. The field's name is context for what stands in it (`tel`, `imei`,
 * `携帯番号`), and in a field for telephone numbers a bare run of digits is also read with the zero or plus that a
 * spreadsheet or a JSON number has lost: `{ tel: 9012345678 }` gives `{ tel: '[mobile-or-ip-phone]' }`.
 *
 * Rules for what is no plain text: nested objects, arrays, Map and Set are copied with everything in them; keys are
 * treated like text, and two that become the same are numbered (`[mail-address]#2`); Date, booleans, null and
 * undefined stay; a whole number that is an identifier becomes text. Refused, because nobody can tell what the next
 * reader would see: getters, functions, symbols, class instances, typed arrays, cycles, and whatever throws when read.
 *
 * The guarantee: every unit of every text in the copy was scanned or is the work of a treatment. The caller's duty:
 * `keepField` hands a field on unread.
 *
 * Cost: one scan per text; scanners are compiled once per field name.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_POLICY`, `TOKUMEI_FIELD_RULES`, `TOKUMEI_RECORD_LIMITS` for options. The stage
 * throws `TOKUMEI_RECORD_VALUE` for what cannot be treated, `TOKUMEI_RECORD_CYCLE`, `TOKUMEI_RECORD_LIMIT`,
 * `TOKUMEI_RECORD_READ` when reading a value throws, and what `treat` throws; nothing is handed on.
 * @example
 * const clean = treatRecord({ 'mail-address': mask({ keepDomain: true }) }, { fields: { note: dropField() } });
 * clean({ to: 'yamada@example.com', note: 'call first', tags: ['vip'] });
 * // => { to: '[***@example.com]', tags: [ 'vip' ] }
 */
/* @__NO_SIDE_EFFECTS__ */
export function treatRecord<const P extends TreatmentPolicy, const F extends FieldRules = Record<never, never>>(
  policy: P & NoOtherNames<P>,
  options: TreatRecordOptions<F> = {},
): RecordTreatment<F, ScopeOf<P, F>> {
  const where = 'treatRecord';
  const { fields, maxDepth = 64, maxValues = 1_000_000, ...treatOptions } = checkOptions(options, where);
  checkInteger(maxDepth, where, 'maxDepth', 'TOKUMEI_RECORD_LIMITS', 1, 1000);
  checkInteger(maxValues, where, 'maxValues', 'TOKUMEI_RECORD_LIMITS', 1);
  const rules = fields === undefined ? {} : checkFieldRules(fields, where);
  const { scope } = compilePolicy(policy, where);
  const rowLocal = scope === 'row-local' && allRules(rules).every((rule) => rule.scope === 'row-local');
  const root = new Place({ policy, options: treatOptions, where }, '', [], rules);
  // Compiled now, so that an option at fault is found before any record is.
  void root.treatment;
  const leaves = treatLeaves(root, 'text');
  const run = (row: unknown): unknown => walkRecord(row, root, leaves, { maxDepth, maxValues }, where);
  return Object.assign(run, { scope: rowLocal ? 'row-local' : 'across-rows' }) as RecordTreatment<F, ScopeOf<P, F>>;
}
