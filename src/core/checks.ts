import { TokumeiError } from './errors.js';

/** @throws {TokumeiError} `code` when `value` is not a finite number above zero. */
export function checkPositive(value: unknown, where: string, parameter: string, code: `TOKUMEI_${string}`): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new TokumeiError(code, { where, parameter, expected: 'finite and > 0', received: value });
}

/** @throws {TokumeiError} `code` when `value` is not a whole number between `min` and `max`, both allowed. */
export function checkInteger(
  value: unknown,
  where: string,
  parameter: string,
  code: `TOKUMEI_${string}`,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const expected = max === Number.MAX_SAFE_INTEGER ? `a whole number >= ${min}` : `a whole number from ${min} to ${max}`;
  throw new TokumeiError(code, { where, parameter, expected, received: value });
}

/** @throws {TokumeiError} `code` when `value` is not one of `allowed`. */
export function checkOneOf<const A extends readonly string[]>(
  value: unknown,
  where: string,
  parameter: string,
  code: `TOKUMEI_${string}`,
  allowed: A,
): A[number] {
  if (typeof value === 'string' && allowed.includes(value)) return value;
  const expected = `one of ${allowed.map((a) => `'${a}'`).join(', ')}`;
  throw new TokumeiError(code, { where, parameter, expected, received: value });
}

/** The object's own members, without a prototype: what somebody put on `Object.prototype` is no option. */
export function ownOf<T extends object>(value: T): T {
  return Object.assign(Object.create(null) as T, value);
}

/**
 * What `read` gives. What callers hand in may have getters, or be a proxy, whose errors may quote anything: ours quotes nothing.
 *
 * @throws {TokumeiError} `code` in place of any error that is none of the library's.
 */
export function reading<T>(where: string, parameter: string, code: `TOKUMEI_${string}`, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof TokumeiError) throw error;
    throw new TokumeiError(code, { where, parameter, expected: 'plain data: reading it fails' });
  }
}

/**
 * A copy of the options without a prototype: each is read once, and an option that was left out stays out even where
 * somebody has put a field of that name on `Object.prototype`. `names` are all that there are, held apart by spaces: a
 * misspelt option would be one that is quietly not applied.
 *
 * @throws {TokumeiError} `TOKUMEI_OPTIONS` when `value` is not an object, or has an option of another name.
 */
export function checkOptions<T>(value: T, where: string, names?: string): T {
  const object = typeof value === 'object' && value !== null;
  const odd = object && names !== undefined ? Object.keys(value).find((name) => !names.split(' ').includes(name)) : undefined;
  if (object && odd === undefined) return ownOf(value);
  throw new TokumeiError('TOKUMEI_OPTIONS', { where, parameter: 'options', expected: object ? `among ${names}` : 'an object', received: object ? odd : value });
}

/** What an option has to fit, the code of the error when it does not, and what would have fitted. */
export type OptionCheck = readonly [fits: (value: never) => unknown, code: `TOKUMEI_${string}`, expected: string];

/**
 * A copy of the options as {@link checkOptions} makes it, each of which fits its check; `undefined` is left out. `checks` names all that there are.
 *
 * @throws {TokumeiError} `code` when `value` is not an object or has an option of another name; the code of an option's own check.
 */
export function checkEach<T extends object>(
  value: T,
  where: string,
  checks: { readonly [K in keyof T]-?: OptionCheck },
  code: `TOKUMEI_${string}` = 'TOKUMEI_OPTIONS',
  parameter: string = 'options',
): T {
  if (typeof value !== 'object' || value === null) throw new TokumeiError(code, { where, parameter, expected: 'an object', received: value });
  const own = Object.create(null) as Record<string, unknown>;
  for (const [name, received] of Object.entries(value)) {
    if (!Object.hasOwn(checks, name)) throw new TokumeiError(code, { where, parameter, expected: `among ${Object.keys(checks).join(' ')}`, received: name });
    const [fits, wrong, expected] = checks[name as keyof T];
    if (received === undefined) continue;
    if (!fits(received as never)) throw new TokumeiError(wrong, { where, parameter: name, expected, received });
    own[name] = received;
  }
  return own as T;
}

/** {@link checkOptions} of what may have getters that fail. @throws {TokumeiError} `TOKUMEI_OPTIONS` */
export const readOptions = <T>(value: T, where: string, names?: string): T => reading(where, 'options', 'TOKUMEI_OPTIONS', () => checkOptions(value, where, names));
