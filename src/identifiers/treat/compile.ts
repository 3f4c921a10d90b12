import { checkEach, type OptionCheck } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { compileFinder } from '../compile.js';
import { FIND_CHECKS } from '../options.js';
import type { Finding, FindOptions } from '../types.js';
import { compilePolicy, type CompiledPolicy, type TreatmentPolicy } from './policy.js';
import { replaceFindings, replacementBy } from './replace.js';
import type { TreatmentScope } from './types.js';

/** Options of {@link treat}: those of the scanner that change what is found, and when the treated text is scanned again. */
export interface TreatOptions extends Omit<FindOptions, 'offsets' | 'trace'> {
  /**
   * `auto` (the default) scans the treated text again where a replacement is not closed by brackets: after
   * `remove`, `surrogate`, and with detectors of the caller's own. `always` does so in any case, so that nothing in
   * the output is found any more, not even what became likelier because of the words that now stand beside it.
   */
  readonly recheck?: 'auto' | 'always';
}

type Finder = (text: string) => Finding[];

/** One way through a text: what is found, and what stands there instead. Streams run the same passes one after another. */
export interface Pass {
  readonly find: Finder;
  /** The part of the text from `from` to `to`, in which the findings lie, as it goes on. */
  readonly replace: (text: string, findings: readonly Finding[], from: number, to: number) => string;
}

/** A policy and scanner options, checked and ready. */
export interface CompiledTreatment {
  readonly scope: TreatmentScope;
  readonly passes: readonly Pass[];
}

const NOT_HERE: OptionCheck = [() => false, 'TOKUMEI_OPTIONS', 'left out: it belongs to findIdentifiers'];

/** @throws {TokumeiError} `TOKUMEI_TREAT_POLICY`, `TOKUMEI_TREAT_RECHECK`, and what the scanner's options throw. */
export function compileTreatment(policy: TreatmentPolicy, options: TreatOptions, where: string): CompiledTreatment {
  const { recheck, ...findOptions } = checkEach(options as TreatOptions & FindOptions, where, {
    ...FIND_CHECKS,
    offsets: NOT_HERE,
    trace: NOT_HERE,
    recheck: [(when: string) => ['auto', 'always'].includes(when), 'TOKUMEI_TREAT_RECHECK', "'auto' or 'always'"],
  });
  const compiled = compilePolicy(policy, where);
  const find: Finder = compileFinder(findOptions);
  const passes: Pass[] = [{ find, replace: (text, findings, from, to) => replaceFindings(text, findings, from, to, (finding, written) => replacementBy(compiled.treatmentOf(finding), finding, written)) }];
  // Detectors of the caller's own may find anything, also our brackets: no proof covers them.
  if (recheck === 'always' || compiled.open || (findOptions.detectors?.length ?? 0) > 0) passes.push(...recheckPasses(find, compiled));
  return { scope: compiled.scope, passes };
}

/** Runs all passes over one whole text. */
export function runPasses(text: string, passes: readonly Pass[]): string {
  for (const { find, replace } of passes) {
    const findings = find(text);
    const next = findings.length === 0 ? text : replace(text, findings, 0, text.length);
    // A pass that changes nothing finds nothing that is not allowed, and so would the ones after it.
    if (next === text) return text;
    text = next;
  }
  return text;
}

/**
 * Four passes that star out what the treated text still shows, and a fifth that gives up. Identifiers that are glued to one
 * another come to light one after the other; a pass that finds nothing ends it.
 *
 * The stars keep the length and say no word, so that neither distances nor words change what is found next to them.
 * What is still there after that comes from a detector that finds its own replacement: nothing is handed on.
 */
function recheckPasses(find: Finder, policy: CompiledPolicy): Pass[] {
  const findOthers: Finder = (text) =>
    find(text).filter((finding) => {
      const treatment = policy.treatmentOf(finding);
      return treatment.edges !== 'clear' && !treatment.isOwn?.(finding);
    });
  return [1, 2, 3, 4, 5].map((pass) => ({
    find: findOthers,
    replace: (text, findings, from, to) =>
      replaceFindings(text, findings, from, to, (_, written) => {
        if (pass < 5) return `[${'*'.repeat(Math.max(1, written.length - 2))}]`;
        throw new TokumeiError('TOKUMEI_TREAT_UNSTABLE', { where: 'treat', message: 'the treated text still holds findings after five passes' });
      }),
  }));
}
