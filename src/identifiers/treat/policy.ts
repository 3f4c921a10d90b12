import { checkEach } from '../../core/checks.js';
import type { Finding, IdentifierClass } from '../types.js';
import { TREATMENT } from './checkTreatment.js';
import { label } from './treatments/label.js';
import type { Treatment, TreatmentScope } from './types.js';

/**
 * What is done with each class. A class that is not named is treated as `others` says, and labelled where that is
 * absent: leaving a class in clear takes a `keep()`.
 */
export type TreatmentPolicy<Scope extends TreatmentScope = TreatmentScope> = {
  readonly [C in IdentifierClass | 'others']?: Treatment<Scope>;
};

/** The names of a policy that are none: given as `never`, a misspelt class is an error at its own line. */
export type NoOtherNames<P> = { readonly [K in Exclude<keyof P, keyof TreatmentPolicy>]: never };

/** `row-local` only if every treatment of the policy is. */
export type PolicyScope<P> = 'across-rows' extends ScopesIn<P> ? 'across-rows' : 'row-local';
type ScopesIn<P> = { [K in keyof P]-?: NonNullable<P[K]> extends Treatment<infer S> ? S : 'across-rows' }[keyof P];

/** A policy that has been checked, ready for use. */
export interface CompiledPolicy {
  readonly scope: TreatmentScope;
  /** Some replacement may form an identifier with its neighbours, so that the treated text is scanned again. */
  readonly open: boolean;
  /** The treatments by the names that the policy gives them, `others` among them. */
  readonly named: ReadonlyMap<string, Treatment>;
  readonly treatmentOf: (finding: Finding) => Treatment;
}

const CHECKS = { 'mail-address': TREATMENT, 'device-address': TREATMENT, 'telephone-number': TREATMENT, 'mobile-or-ip-phone': TREATMENT, others: TREATMENT };

/** @throws {TokumeiError} `TOKUMEI_TREAT_POLICY` for a name that is no class and for a value that is no treatment. */
export function compilePolicy(policy: TreatmentPolicy, where: string): CompiledPolicy {
  const table = new Map<string, Treatment>(Object.entries(checkEach(policy, where, CHECKS, 'TOKUMEI_TREAT_POLICY', 'policy')));
  const others = table.get('others') ?? label();
  table.set('others', others);
  const all = [...table.values()];
  return {
    scope: all.every((t) => t.scope === 'row-local') ? 'row-local' : 'across-rows',
    open: all.some((t) => t.edges === 'open'),
    named: table,
    treatmentOf: (finding) => table.get(finding.class) ?? others,
  };
}

/** The declared options of each treatment, for a manifest: `mask keepDomain=true keepLast=0`. */
export function settingsOf({ named }: CompiledPolicy): Readonly<Record<string, string>> {
  return Object.fromEntries([...named].map(([name, t]) => [name, [t.name, ...Object.entries(t.settings).map(([option, value]) => `${option}=${value}`)].join(' ')]));
}
