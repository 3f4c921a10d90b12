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
    if (isKey(field, options) && joinedKey(value, field, options) === DROPPED) return DROPPED;
    for (const [at, item] of value.entries()) {
      const seen = walk(item, isKey(field, options) ? (options.by[at] ?? field) : field, options);
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

const isKey = (field: string, options: GuardOptions): boolean => options.by.length > 1 && field === options.by.join('+');

const nameOf = (field: string, name: string, options: GuardOptions): string =>
  field === '' && name === 'key' ? options.by.join('+') : field === '' ? name : `${field}.${name}`;

function findings(text: string, field: string, options: GuardOptions): readonly Finding[] {
  return findIdentifiers(text, optionsFor(field, options)).filter(
    (finding) => !options.allow.some((allowance) => allowance.class === finding.class && (allowance.field === field || field.endsWith(`.${allowance.field}`))),
  );
}

function treated(text: string, field: string, options: GuardOptions): unknown {
  const found = findings(text, field, options);
  if (found.length === 0) return disguised(text, field, options);
  if (options.onIdentifier === 'suppress') return DROPPED;
  if (options.onIdentifier === 'label') return labelled(text, found);
  return refuse(field, found[0]!);
}

/** What only a reader's eye puts together: invisible signs between digits, letters of other alphabets, digits without their zero or plus. */
function disguised(text: string, field: string, options: GuardOptions): unknown {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const others = /^\d{10}$/.test(plain) ? [`0${plain}`] : /^\d{11,13}$/.test(plain) ? [`+${plain}`] : [];
  // A name of a release joins words with hyphens; a number must not hide behind one.
  if (field.startsWith('manifest')) others.push(plain.replace(/(?<=[A-Za-z])-/g, ' '));
  if (plain !== text) others.push(plain);
  for (const other of others) {
    const found = findings(other, field, options);
    if (found.length > 0) return whole(found[0]!, field, options);
  }
  return text;
}

/** The decision where there is no span to label: the whole value goes. */
function whole(finding: Finding, field: string, options: GuardOptions): unknown {
  return options.onIdentifier === 'suppress' ? DROPPED : options.onIdentifier === 'label' ? `[${finding.class}]` : refuse(field, finding);
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

// A telephone number that went through a number type has lost its zero or its plus. Only keys can be such; a count cannot.
function lostZero(value: number, field: string, options: GuardOptions): unknown {
  if (!options.by.includes(field) || !Number.isSafeInteger(value)) return value;
  const digits = String(Math.abs(value));
  const text = digits.length === 10 ? `0${digits}` : digits.length > 10 && digits.length < 14 ? `+${digits}` : undefined;
  const found = text === undefined ? [] : findings(text, field, options).filter((finding) => finding.class === 'mobile-or-ip-phone');
  return found.length === 0 ? value : whole(found[0]!, field, options);
}

/** A tuple is read as a whole: `090`, `1234`, `5678` in three fields are one number to whoever sees the line. */
function joinedKey(parts: readonly unknown[], field: string, options: GuardOptions): unknown {
  for (const between of ['', '-']) {
    const found = findings(parts.map(String).join(between), field, options);
    if (found.length > 0) return options.onIdentifier === 'refuse' ? refuse(field, found[0]!) : DROPPED;
  }
  return undefined;
}

function refuse(field: string, finding: Finding): never {
  throw new TokumeiError('TOKUMEI_IDENTIFIER_IN_OUTPUT', {
    where: 'release',
    message:
      `${field} holds what looks like a ${finding.class} (${finding.kind}); nothing was released and the budget stays spent. ` +
      `Remove identifiers with deidentify() before counting, or pass onIdentifier: 'suppress' or 'label', or allow: [{ field, class, reason }]`,
  });
}
