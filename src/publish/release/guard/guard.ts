import { TokumeiError } from '../../../core/errors.js';
import { setField } from '../../../core/setField.js';
import type { Finding } from '../../../identifiers/index.js';
import type { Allowance, OnIdentifier } from '../manifest.js';
import { disguises, readingsOf } from './disguises.js';
import type { GuardFinder } from './finder.js';

export interface GuardOptions {
  readonly onIdentifier: OnIdentifier;
  readonly allow: readonly Allowance[];
  readonly finder: GuardFinder;
  /** Names of the fields behind `key`, so that the operator reads `app` and not `key`. */
  readonly by: readonly string[];
}

/**
 * Scans every string that is about to leave for the four identifier classes.
 *
 * Refusing names the field and the class and never the text. In a table, `suppress` drops the line and `label`
 * replaces the identifier. Names of fields are scanned as well and always refused.
 */
export function guardData<T>(data: T, given: GuardOptions): T {
  const options: Walk = { ...given, clean: new Map() };
  if (!Array.isArray(data)) return walk(data, '', options) as T;
  const kept: unknown[] = [];
  for (const line of data) {
    const seen = walk(line, '', options);
    if (seen !== DROPPED) kept.push(seen);
  }
  return kept as T;
}

/** The manifest is the operator's own text: an identifier in it is a mistake and never treated. What is allowed in the data is not allowed here, but for the
 * declared groups of a table: they are its keys once more. */
export function guardManifest(manifest: object, options: GuardOptions): void {
  walk(manifest, 'manifest', { ...options, clean: new Map(), onIdentifier: 'refuse', allow: options.allow.flatMap((one) => allowedThere(one, options.by)) });
}

const allowedThere = (one: Allowance, by: readonly string[]): readonly Allowance[] =>
  one.field.startsWith('manifest.') ? [one] : by.includes(one.field) ? ['parameters', 'steps'].map((part) => ({ ...one, field: `manifest.${part}.table.${one.field}.labels` })) : [];

interface Walk extends GuardOptions {
  /** By field the texts and names in which nothing was found: each line repeats them. */
  readonly clean: Map<string, Set<string>>;
}

/** A field of keys has as many texts as there are lines, none of which comes again. */
const MOST_REMEMBERED = 256;

const DROPPED: unique symbol = Symbol('dropped');

function walk(value: unknown, field: string, options: Walk): unknown {
  if (typeof value === 'string') return treated(value, field, options);
  if (typeof value === 'number') return number(value, field, options);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    if (isKey(field, options) && tuple(value, field, options) === DROPPED) return DROPPED;
    for (const [at, item] of value.entries()) {
      const seen = walk(item, isKey(field, options) ? (options.by[at] ?? field) : field, options);
      if (seen === DROPPED) return DROPPED;
      items.push(seen);
    }
    return items;
  }
  const record: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const found = firstFinding(name, field, options);
    if (found !== undefined) refuse(`the name of a field of ${field === '' ? 'the data' : field}`, found);
    const seen = walk(member, nameOf(field, name, options), options);
    if (seen === DROPPED) return DROPPED;
    setField(record, name, seen);
  }
  return record;
}

const isKey = (field: string, options: Walk): boolean => options.by.length > 1 && field === options.by.join('+');

const nameOf = (field: string, name: string, options: Walk): string =>
  field === '' && name === 'key' ? options.by.join('+') : field === '' ? name : `${field}.${name}`;

function findings(text: string, field: string, options: Walk): readonly Finding[] {
  return options.finder.find(text, field).filter(
    (finding) => !options.allow.some((allowance) => allowance.class === finding.class && (allowance.field === field || field.endsWith(`.${allowance.field}`))),
  );
}

/** What is found in the text as it stands, and else what is found behind a disguise, where there is no span to label. */
function disguised(text: string, field: string, options: Walk): Finding | undefined {
  for (const other of disguises(text, field.startsWith('manifest'))) {
    const found = findings(other, field, options);
    if (found.length > 0) return found[0];
  }
  return undefined;
}

function firstFinding(text: string, field: string, options: Walk): Finding | undefined {
  let clean = options.clean.get(field);
  if (clean === undefined) options.clean.set(field, (clean = new Set()));
  if (clean.has(text)) return undefined;
  const found = findings(text, field, options)[0] ?? disguised(text, field, options);
  if (found === undefined && clean.size < MOST_REMEMBERED) clean.add(text);
  return found;
}

function treated(text: string, field: string, options: Walk): unknown {
  let out = text;
  // A label joins what stood on both sides of it, and another identifier may stand behind a disguise: until nothing is found.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const first = firstFinding(out, field, options);
    if (first === undefined) return out;
    const spans = options.onIdentifier === 'label' ? findings(out, field, options) : [];
    if (spans.length === 0) return whole(first, field, options);
    out = labelled(out, spans);
  }
  return whole(findings(text, field, options)[0]!, field, options);
}

const MOST_ROUNDS = 8;

/** The decision where there is no span to label: the whole value goes. */
function whole(finding: Finding, field: string, options: Walk): unknown {
  return options.onIdentifier === 'suppress' ? DROPPED : options.onIdentifier === 'label' ? `[${finding.class}]` : refuse(field, finding);
}

function labelled(text: string, found: readonly Finding[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, class: name } of found) {
    // Of two classes that overlap the first names the place, and the place is all of both.
    if (start >= from) out += `${text.slice(from, start)}[${name}]`;
    from = Math.max(from, end);
  }
  return out + text.slice(from);
}

// A telephone number that went through a number type has lost its zero or its plus. Only keys can be such; a count cannot.
function number(value: number, field: string, options: Walk): unknown {
  if (!options.by.includes(field) || !Number.isSafeInteger(value)) return value;
  const found = firstFinding(String(Math.abs(value)), field, options);
  return found === undefined ? value : whole(found, field, options);
}

/** A tuple is read as a whole: `090`, `1234`, `5678` in three fields are one number to whoever sees the line. */
function tuple(parts: readonly unknown[], field: string, options: Walk): unknown {
  for (const { text, guessed } of readingsOf(parts)) {
    const found = findings(text, field, options).find((finding) => !guessed || isLikely(finding, options));
    if (found !== undefined) return options.onIdentifier === 'refuse' ? refuse(field, found) : DROPPED;
  }
  return undefined;
}

/** Shops, classes and items are numbers in a row as well: a guess counts for a mobile number at home or in a region that was named. */
const isLikely = ({ class: name, region, canonical }: Finding, { finder }: GuardOptions): boolean =>
  name === 'mobile-or-ip-phone' && (canonical.startsWith('+81') || (region !== undefined && finder.regions.includes(region)));

function refuse(field: string, finding: Finding): never {
  throw new TokumeiError('TOKUMEI_IDENTIFIER_IN_OUTPUT', {
    where: 'release',
    message:
      `${field} holds what looks like a ${finding.class} (${finding.kind}); nothing was released and the budget stays spent. ` +
      (field.startsWith('manifest.')
        ? 'Manifests are never treated: write it otherwise, or pass allow: [{ field, class, reason }] with this field, or, for labels of declared groups, with the field of by'
        : `Remove identifiers with deidentify() before counting, or pass onIdentifier: 'suppress' or 'label', or allow: [{ field, class, reason }]`),
  });
}
