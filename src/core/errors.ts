/** What went wrong, where, and with which parameter. Holds no data: no row, no key, no value of a column. */
export interface ErrorDetails {
  /** The public function that was called, as the caller wrote it: `dpCountUnits`. */
  readonly where: string;
  /** The name of the option or argument at fault. */
  readonly parameter?: string;
  /** What would have been accepted: `finite and > 0`. */
  readonly expected?: string;
  /** The parameter's own value. Never give a value that came out of the data. */
  readonly received?: unknown;
  /** A whole sentence in place of the usual form, when no single parameter is at fault. */
  readonly message?: string;
}

/**
 * The one error class of the library.
 *
 * `code` is stable and listed in `docs/errors.md`; the message is for people and may change.
 * Neither the message nor any property holds a row, a key or a value from the data, and no
 * `cause` is attached, because an error of the caller's own code may quote what it was given.
 */
export class TokumeiError extends Error {
  declare readonly code: string;
  declare readonly parameter: string | undefined;
  declare readonly expected: string | undefined;
  declare readonly received: string | undefined;
  declare readonly docs: string;

  constructor(code: `TOKUMEI_${string}`, details: ErrorDetails) {
    const { where, parameter, expected, message } = details;
    const received = 'received' in details ? show(details.received) : undefined;
    const wanted = expected === undefined ? 'is not acceptable' : `must be ${expected}`;
    super(`${where}: ${message ?? `${parameter ?? 'input'} ${wanted}${received === undefined ? '' : `, got ${received}`}`}`);
    Object.assign(this, { name: 'TokumeiError', code, parameter, expected, received, docs: `docs/errors.md#${code.toLowerCase()}` });
  }
}

/** Parameters as text: numbers and booleans as they are, strings quoted and cut, everything else by its kind alone. */
function show(value: unknown): string {
  const type = typeof value;
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (type === 'function' || type === 'symbol') return `a ${type}`;
  if (type === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  return Object.is(value, -0) ? '-0' : type === 'bigint' ? `${value as bigint}n` : String(value);
}
