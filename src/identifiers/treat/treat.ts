import { TokumeiError } from '../../core/errors.js';
import { compileTreatment, runPasses, type TreatOptions } from './compile.js';
import type { NoOtherNames, PolicyScope, TreatmentPolicy } from './policy.js';
import type { TreatmentScope } from './types.js';

/** A function from text to treated text, with the scope of its treatments in its type. */
export interface TextTreatment<Scope extends TreatmentScope = TreatmentScope> {
  (text: string): string;
  readonly scope: Scope;
}

/**
 * Makes a stage that replaces every identifier of a text by what the policy says for its class.
 *
 * When to use: before text leaves the place where identifiers are needed. Make the stage once and use it for many
 * texts. For objects there is `treatRecord`, for long or arriving text `treatStream`.
 *
 * A class that the policy does not name is labelled (`[mail-address]`); leaving one in clear takes `keep()`. What is
 * replaced is the whole span of a finding; where findings compete, `findIdentifiers` settles it by one documented
 * order, and their union is covered. Replacement texts begin with `[` and end with `]`, so that they form no
 * identifier with their neighbours (`docs/identifiers-treatments.md` has the argument); where a treatment leaves
 * something else (`remove`, `surrogate`), the treated text is scanned again.
 *
 * The guarantee: no unit of a finding stays in clear. Not promised: that everything that names a person is a finding.
 * The caller's duty: names, postal addresses and free text are outside the four classes.
 *
 * Near equivalents: Presidio's `AnonymizerEngine.anonymize`, Google Cloud DLP's `deidentifyContent`.
 *
 * Cost: one scan, and a copy where something was found; linear in the text.
 *
 * @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` for a name that is no class or a value that is no treatment;
 * `TOKUMEI_TREAT_RECHECK` for another `recheck`; `TOKUMEI_OPTIONS` when options are no object. The stage throws
 * `TOKUMEI_TREAT_INPUT` for anything but text, `TOKUMEI_CALLBACK` when a treatment fails and `TOKUMEI_TREAT_UNSTABLE`
 * when a detector finds its own replacement; in each case nothing is handed on.
 * @example
 * treat({ 'mail-address': mask({ keepDomain: true }) })('yamada@example.com or 03-1234-5678');
 * // => '[***@example.com] or [telephone-number]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function treat<const P extends TreatmentPolicy>(policy: P & NoOtherNames<P>, options: TreatOptions = {}): TextTreatment<PolicyScope<P>> {
  const { scope, passes } = compileTreatment(policy, options, 'treat');
  const run = (text: string): string => {
    if (typeof text !== 'string') throw new TokumeiError('TOKUMEI_TREAT_INPUT', { where: 'treat', message: 'takes text; for objects use treatRecord' });
    return runPasses(text, passes);
  };
  return Object.assign(run, { scope: scope as PolicyScope<P> });
}
