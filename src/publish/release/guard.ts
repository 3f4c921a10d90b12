import { TokumeiError } from '../../core/errors.js';
import { findIdentifiers, type FindOptions, type Finding } from '../../identifiers/index.js';
import type { Allowance, OnIdentifier } from './manifest.js';

export interface GuardOptions {
  readonly onIdentifier: OnIdentifier;
  readonly allow: readonly Allowance[];
  readonly find: FindOptions;
  /** Names of the fields behind `key`, so that the operator reads `app` and not `key`. */
  readonly by: readonly string[];
}

/**
 * Scans every string that is about to leave for the four identifier classes.
 *
 * Refusing names the field and the class and never the text. In a table, `suppress` drops the line and `label`
 * replaces the identifier. Names of fields are scanned as well and always refused.
 */
export function guardData<T>(data: T, options: GuardOptions): T {
  if (!Array.isArray(data)) return walk(data, '', options) as T;
  const kept: unknown[] = [];
  for (const line of data) {
    const seen = walk(line, '', options);
    if (seen !== DROPPED) kept.push(seen);
  }
  return kept as T;
}

/** The manifest is the operator's own text: an identifier in it is a mistake and never treated. */
export function guardManifest(manifest: object, options: GuardOptions): void {
  walk(manifest, 'manifest', { ...options, onIdentifier: 'refuse' });
}

const DROPPED: unique symbol = Symbol('dropped');

function walk(value: unknown, field: string, options: GuardOptions): unknown {
  if (typeof value === 'string') return treated(value, field, options);
  if (typeof value === 'number') return lostZero(value, field, options);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const [at, item] of value.entries()) {
      const seen = walk(item, field === options.by.join('+') && options.by.length > 1 ? (options.by[at] ?? field) : field, options);
      if (seen === DROPPED) return DROPPED;
      items.push(seen);
    }
    return items;
  }
  const record: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (findings(name, field, options).length > 0) refuse(`the name of a field of ${field === '' ? 'the data' : field}`, findings(name, field, options)[0]!);
    const seen = walk(member, nameOf(field, name, options), options);
    if (seen === DROPPED) return DROPPED;
    Object.defineProperty(record, name, { value: seen, enumerable: true, writable: true, configurable: true });
  }
  return record;
}

// The finder compiles an options object once: one for each field, not one for each string.
const compiled = new WeakMap<GuardOptions, Map<string, FindOptions>>();

function optionsFor(field: string, options: GuardOptions): FindOptions {
  let byField = compiled.get(options);
  if (byField === undefined) compiled.set(options, (byField = new Map()));
  let find = byField.get(field);
  if (find === undefined) byField.set(field, (find = { ...options.find, field } as FindOptions));
  return find;
}

const nameOf = (field: string, name: string, options: GuardOptions): string =>
  field === '' && name === 'key' ? options.by.join('+') : field === '' ? name : `${field}.${name}`;

function findings(text: string, field: string, options: GuardOptions): readonly Finding[] {
  return findIdentifiers(text, optionsFor(field, options)).filter(
    (finding) => !options.allow.some((allowance) => allowance.class === finding.class && (allowance.field === field || field.endsWith(`.${allowance.field}`))),
  );
}

function treated(text: string, field: string, options: GuardOptions): unknown {
  const found = findings(text, field, options);
  if (found.length === 0) return text;
  if (options.onIdentifier === 'suppress') return DROPPED;
  if (options.onIdentifier === 'label') return labelled(text, found);
  return refuse(field, found[0]!);
}

function labelled(text: string, found: readonly Finding[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, class: name } of found) {
    out += `${text.slice(from, start)}[${name}]`;
    from = end;
  }
  return out + text.slice(from);
}

// A telephone number that went through a number type has lost its leading zero. Only keys can be such; a count cannot.
function lostZero(value: number, field: string, options: GuardOptions): unknown {
  if (!options.by.includes(field) || !Number.isSafeInteger(value) || value < 5_000_000_000 || value > 9_999_999_999) return value;
  const found = findings(`0${value}`, field, options).filter((finding) => finding.class === 'mobile-or-ip-phone');
  if (found.length === 0) return value;
  return options.onIdentifier === 'suppress' ? DROPPED : options.onIdentifier === 'label' ? '[mobile-or-ip-phone]' : refuse(field, found[0]!);
}

function refuse(field: string, finding: Finding): never {
  throw new TokumeiError('TOKUMEI_IDENTIFIER_IN_OUTPUT', {
    where: 'release',
    message:
      `${field} holds what looks like a ${finding.class} (${finding.kind}); nothing was released and the budget stays spent. ` +
      `Remove identifiers with deidentify() before counting, or pass onIdentifier: 'suppress' or 'label', or allow: [{ field, class, reason }]`,
  });
}
