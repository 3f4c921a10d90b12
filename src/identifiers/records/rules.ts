import { checkOneOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { checkTreatment } from '../treat/checkTreatment.js';
import { compilePolicy, type NoOtherNames, type PolicyScope, type TreatmentPolicy } from '../treat/policy.js';
import { label } from '../treat/treatments/label.js';
import type { Treatment, TreatmentScope } from '../treat/types.js';
import type { IdentifierClass } from '../types.js';

/** What a rule does with its field. */
export type FieldAction = 'drop' | 'keep' | 'scan' | 'whole';

/** What is done with one field, in place of scanning it under the record's policy. */
export class FieldRule<Action extends FieldAction = FieldAction, Scope extends TreatmentScope = TreatmentScope> {
  readonly action: Action;
  readonly scope: Scope;
  /** Of `scan`: the field's own policy. Of `whole`: the one treatment, as `others`. */
  readonly policy: TreatmentPolicy;
  /** Of `whole`: the class of a value that is not found to be of another. */
  readonly class: IdentifierClass | undefined;

  constructor(action: Action, scope: Scope, policy: TreatmentPolicy = {}, cls?: IdentifierClass) {
    this.action = action;
    this.scope = scope;
    this.policy = policy;
    this.class = cls;
    Object.freeze(this);
  }
}

/** Rules by field, in the shape of the record: a rule, or an object of rules for a nested object (or for each element of an array). */
export interface FieldRules {
  readonly [field: string]: FieldRule | FieldRules;
}

/** Leaves the field out of the record. */
/* @__NO_SIDE_EFFECTS__ */
export function dropField(): FieldRule<'drop', 'row-local'> {
  return new FieldRule('drop', 'row-local');
}

/** Hands the field on as it is, unread: for what is known to hold no identifier. */
/* @__NO_SIDE_EFFECTS__ */
export function keepField(): FieldRule<'keep', 'row-local'> {
  return new FieldRule('keep', 'row-local');
}

/**
 * Scans the field under a policy of its own.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_POLICY`
 */
/* @__NO_SIDE_EFFECTS__ */
export function scanField<const P extends TreatmentPolicy>(policy: P & NoOtherNames<P>): FieldRule<'scan', PolicyScope<P>> {
  const { scope } = compilePolicy(policy, 'scanField');
  return new FieldRule('scan', scope as PolicyScope<P>, policy);
}

/**
 * Treats the value as one identifier from its first to its last letter, whatever it looks like: for a column that is
 * known to hold addresses or numbers. What the scanner does not recognise is treated all the same.
 *
 * A value in which the scanner sees one identifier and nothing else has that identifier's class and canonical form;
 * any other has the class that is named here, and its own text for a canonical form. Empty text, null and undefined
 * stay.
 *
 * @throws {TokumeiError} `TOKUMEI_CLASS` for another class, `TOKUMEI_TREAT_POLICY` for what is no treatment.
 * @example
 * treatRecord({}, { fields: { tel: wholeField('telephone-number', mask({ keepLast: 2 })) } })({ tel: 9012345678 });
 * // => { tel: '[********78]' }
 */
/* @__NO_SIDE_EFFECTS__ */
export function wholeField<T extends Treatment = Treatment<'row-local'>>(cls: IdentifierClass, treatment?: T): FieldRule<'whole', T['scope']> {
  checkOneOf(cls, 'wholeField', 'class', 'TOKUMEI_CLASS', ['mail-address', 'device-address', 'telephone-number', 'mobile-or-ip-phone']);
  const chosen: Treatment = checkTreatment(treatment ?? label(), 'wholeField', 'treatment');
  return new FieldRule('whole', chosen.scope, { others: chosen }, cls);
}

/** @throws {TokumeiError} `TOKUMEI_FIELD_RULES` when something in the object is neither a rule nor an object of rules. */
export function checkFieldRules(rules: unknown, where: string): FieldRules {
  const plain = typeof rules === 'object' && rules !== null && !Array.isArray(rules) && !(rules instanceof FieldRule);
  if (!plain) throw new TokumeiError('TOKUMEI_FIELD_RULES', { where, parameter: 'fields', expected: 'rules by field, such as { note: dropField() }', received: rules });
  for (const rule of Object.values(rules)) if (!(rule instanceof FieldRule)) checkFieldRules(rule, where);
  return rules as FieldRules;
}

/** Every rule in it, nested ones too. */
export function allRules(rules: FieldRules): FieldRule[] {
  return Object.values(rules).flatMap((rule) => (rule instanceof FieldRule ? [rule] : allRules(rule)));
}
