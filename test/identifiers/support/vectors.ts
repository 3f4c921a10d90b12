import { readFileSync } from 'node:fs';
import { allRegions, compileFinder, type Finding } from '../../../src/identifiers/index.js';

export type Is = (f: Finding) => boolean;
export type Find = (text: string) => readonly Finding[];

export const mail: Is = (f) => f.class === 'mail-address';
export const device: Is = (f) => f.class === 'device-address';
export const ip: Is = (f) => f.kind === 'ipv4' || f.kind === 'ipv6';
export const mac: Is = (f) => f.kind === 'mac';
export const imei: Is = (f) => f.kind === 'imei';
export const phone: Is = (f) => f.class === 'telephone-number' || f.class === 'mobile-or-ip-phone';

export const japan: Find = compileFinder();
export const world: Find = compileFinder({ regions: allRegions });

const finders = new Map<string, Find>();
/** The finder of some regions alone, which plus numbers of all others pass as well. */
export function findIn(codes: readonly string[]): Find {
  const key = codes.join();
  const known = finders.get(key) ?? compileFinder({ regions: allRegions.filter((r) => codes.includes(r.code)) });
  finders.set(key, known);
  return known;
}

const SIGNIFICANT = /[\p{L}\p{N}]/u;

/** Whether one finding of that class covers every letter and digit from `start` to `end`. */
export function covered(text: string, start: number, end: number, findings: readonly Finding[], is: Is): boolean {
  const outside = (f: Finding): boolean => Array.from({ length: end - start }, (_, i) => start + i).some((i) => (i < f.start || i >= f.end) && SIGNIFICANT.test(text.charAt(i)));
  return findings.some((f) => is(f) && !outside(f));
}

/** Whether the value is found, whole and of the right class, within a sentence. */
export function found(value: string, is: Is, before: string, find: Find = japan): boolean {
  const text = `${before}${value}, they say`;
  return covered(text, before.length, before.length + value.length, find(text), is);
}

export const unique = (values: readonly string[]): string[] => [...new Set(values)];

export const missed = (values: readonly string[], is: Is, before: string, find: Find = japan): string[] => unique(values).filter((v) => !found(v, is, before, find));

/** Of values that are no identifiers by somebody's test, those which are found; one without a letter or digit has nothing to cover. */
export const hit = (values: readonly string[], is: Is, before: string, find: Find = japan): string[] => unique(values).filter((v) => SIGNIFICANT.test(v) && found(v, is, before, find));

export const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

export interface ValidatorVector {
  readonly validator: string;
  readonly args: readonly unknown[];
  readonly valid: readonly unknown[];
  readonly invalid: readonly unknown[];
}

/** The values of one of validator.js' functions; some of those called invalid are no text. */
export function validatorValues(file: string, name: string, verdict: 'valid' | 'invalid', argument = ''): string[] {
  const vectors = (read(file) as ValidatorVector[]).filter((v) => v.validator === name && JSON.stringify(v.args).includes(argument));
  return vectors.flatMap((v) => v[verdict]).filter((v): v is string => typeof v === 'string');
}

export const isemailValues = (file: string, verdict: RegExp): string[] => (read(file) as [string, string][]).filter(([, w]) => verdict.test(w)).map(([address]) => address);
export const flankerValues = (file: string, valid: boolean): string[] => (read(file) as { valid: boolean; address: string }[]).filter((c) => c.valid === valid).map((c) => c.address);
export const addressList = (file: string): string[] => (read(file) as { address: string }[]).map((a) => a.address).filter((a) => a.trim() !== '');
export const exampleNumbers = (file: string): { cc: string; nsn: string; region: string }[] => read(file) as { cc: string; nsn: string; region: string }[];
