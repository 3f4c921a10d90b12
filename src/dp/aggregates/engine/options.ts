import { checkInteger, checkOneOf, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import { secureRandom } from '../../../random/secure.js';
import type { RandomSource } from '../../../random/source.js';
import { checkBy } from '../../../table/fields.js';
import type { PublicKeys } from '../../../table/publicKeys.js';
import { readSlice, type Slice } from '../../budget/slice.js';
import type { Spend } from '../../budget/spend.js';
import { checkKeys, type KeyChoice } from '../../keys.js';
import { noisePort, type NoisePort } from '../../mechanisms/port.js';
import { KEYS_SHARE, type SpendChoices } from './design.js';
import type { KeyRule } from './keys.js';
import type { CountLaw } from './noise.js';

/** What every aggregate by group takes. Epsilon, delta and the unit come from the slice; there is no default bound. */
export interface GroupedOptions<U extends string, F> {
  /** One field, or several for a cross of them (then a key is a tuple). */
  readonly by: F;
  /** `publicKeys([…])` or `'discover'`, which publishes only keys that enough units share and needs a delta. */
  readonly keys: KeyChoice;
  /** Which noise; without it the one with the smaller standard deviation, by public figures alone. */
  readonly noise?: CountLaw;
  /** Of discovered keys: how they are selected by distinct units; without it what shows the smaller groups. */
  readonly keyRule?: KeyRule;
  /** Of discovered keys: one that fewer units than this have is never shown, whatever the noise: a floor of k-anonymity on top. */
  readonly minUnits?: number;
  /** Of discovered keys: the share of the budget that selects them, 0.3 when left out; the rest pays for noise. */
  readonly keysShare?: number;
  /** A slice of a budget for the same unit. */
  readonly spend: Slice<U>;
  /** Where noise comes from. Tests may pass a seeded source from `tokumei/testing`; `release()` refuses the result. */
  readonly random?: RandomSource;
}

/** Bounds on one unit by groups. */
export interface GroupBound {
  /** At most this many groups of one unit count, chosen at random for each unit that has more (L0). */
  readonly groupsPerUnit: number;
}

/** Checked options that all aggregates have. All public. */
export interface Grouped<U extends string> {
  readonly where: string;
  readonly by: readonly string[];
  readonly single: boolean;
  readonly keys: PublicKeys | undefined;
  /** How many keys are declared. */
  readonly declared: number | 'discover';
  /** Read once: what pays is what the noise was designed for, whatever becomes of the options object. */
  readonly slice: Slice<U>;
  readonly spend: Spend;
  readonly unit: U;
  readonly choices: SpendChoices;
  readonly port: NoisePort;
}

/** A copy of the options, so that nobody changes them between two looks. */
export function copyOptions<T>(where: string, options: T): T {
  return { ...checkOptions(options, where) };
}

/** `selects`: whether keys that are discovered are selected, and not only counted over. */
export function checkGrouped<U extends string>(where: string, o: GroupedOptions<U, unknown>, selects = true): Grouped<U> {
  const by = checkBy(where, o.by);
  const single = !Array.isArray(o.by);
  const keys = checkKeys(where, o.keys, by, single);
  const spend = readSlice(o.spend, where);
  return { where, by, single, keys, declared: keys?.keys.length ?? 'discover', slice: o.spend, spend, unit: o.spend.unit, choices: checkChoices(where, o, selects && keys === undefined), port: noisePort(o.random ?? secureRandom()) };
}

const OF_SELECTION = [
  ['minUnits', 'TOKUMEI_MIN_UNITS'],
  ['keyRule', 'TOKUMEI_KEY_RULE'],
  ['keysShare', 'TOKUMEI_SHARES'],
] as const;

/** What of the choices was left out is chosen here. */
export function checkChoices(where: string, o: Readonly<Partial<Record<'noise' | 'keyRule' | 'keysShare' | 'minUnits', unknown>>>, discover: boolean): SpendChoices {
  // An option that would do nothing is not ignored: whoever gave it counts on it.
  if (!discover) {
    for (const [name, code] of OF_SELECTION) {
      if (o[name] !== undefined) throw new TokumeiError(code, { where, message: `${name} is for the selection of keys: 'discover'; declared keys are all published, and bounds name none` });
    }
  }
  const keysShare = o.keysShare === undefined ? KEYS_SHARE : o.keysShare;
  if (!(typeof keysShare === 'number' && keysShare > 0 && keysShare < 1)) {
    throw new TokumeiError('TOKUMEI_SHARES', { where, parameter: 'keysShare', expected: 'above 0 and below 1', received: keysShare });
  }
  return {
    keysShare,
    keyRule: o.keyRule === undefined ? undefined : checkOneOf(o.keyRule, where, 'keyRule', 'TOKUMEI_KEY_RULE', ['optimal', 'gaussian', 'weighted']),
    minUnits: o.minUnits === undefined ? 1 : checkInteger(o.minUnits, where, 'minUnits', 'TOKUMEI_MIN_UNITS', 1, 2 ** 31 - 1),
    law: o.noise === undefined ? undefined : checkOneOf(o.noise, where, 'noise', 'TOKUMEI_NOISE', ['laplace', 'gaussian']),
  };
}

export const checkGroupsPerUnit = (where: string, value: unknown): number => checkInteger(value, where, 'groupsPerUnit', 'TOKUMEI_GROUPS_PER_UNIT', 1, 2 ** 31 - 1);

/** At most 2^20, so that a unit's rows times the steps of a row stay far below 2^53. */
export const checkRowsPerGroup = (where: string, value: unknown): number => checkInteger(value, where, 'rowsPerGroup', 'TOKUMEI_ROWS_PER_GROUP', 1, 2 ** 20);

/** @throws {TokumeiError} `TOKUMEI_BOUNDS` unless both are finite, neither is beyond 2^900 and lower is below upper. */
export function checkBounds(where: string, lower: unknown, upper: unknown): { readonly lower: number; readonly upper: number } {
  const fits = (x: unknown): x is number => typeof x === 'number' && Math.abs(x) <= 2 ** 900;
  if (!fits(lower)) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'lower', expected: 'a number of magnitude at most 2^900', received: lower });
  if (!fits(upper) || !(lower < upper)) throw new TokumeiError('TOKUMEI_BOUNDS', { where, parameter: 'upper', expected: 'a number above lower, of magnitude at most 2^900', received: upper });
  return { lower: lower + 0, upper: upper + 0 };
}

/** @throws {TokumeiError} `TOKUMEI_VALUE` unless it is the name of a field. */
export function checkValue(where: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new TokumeiError('TOKUMEI_VALUE', { where, parameter: 'value', expected: 'the name of a field of numbers', received: value });
}
