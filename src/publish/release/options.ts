import { checkOneOf, readOptions, ownOf } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import type { FindOptions } from '../../identifiers/index.js';
import { guardFinder, type GuardFinder } from './guard/finder.js';
import type { Allowance, OnIdentifier, Period, Population, Purpose, Release } from './manifest.js';
import { checkPopulation } from './population.js';

/** What a release says of itself, and what the guard does. */
export interface ReleaseDescription {
  /** A name of its own for each release: `apps-2026-w47`. */
  readonly id: string;
  readonly period: Period;
  readonly purpose: Purpose;
  /** Whom it is about. Needed where a result that rules alone protect is compared with others of the same days. */
  readonly population?: Population;
  /** What happens when a string about to leave looks like one of the four identifier classes. Default `'refuse'`. */
  readonly onIdentifier?: OnIdentifier;
  /** What may pass although it looks like an identifier: a product named like an address. Recorded in the manifest. */
  readonly allow?: readonly Allowance[];
  /** How the guard looks: regions beside Japan (listed in the manifest), own detectors. */
  readonly identifiers?: GuardFindOptions;
}

/** The guard can be told to look for more, never for less: regions beside Japan, own detectors, more carriers' domains. */
export type GuardFindOptions = Pick<FindOptions, 'regions' | 'detectors' | 'carrierDomains'>;

/** Rules on groups do not survive comparison with other releases: name them, or say that there are none. */
export interface Previous {
  readonly previous: readonly Release<unknown>[] | 'first';
}

const CLASSES = ['mail-address', 'device-address', 'telephone-number', 'mobile-or-ip-phone'] as const;

export interface CheckedRelease {
  readonly id: string;
  readonly period: Period;
  readonly purpose: Purpose;
  readonly population: Population | undefined;
  readonly onIdentifier: OnIdentifier;
  readonly allow: readonly Allowance[];
  readonly finder: GuardFinder;
  readonly previous: readonly Release<unknown>[] | 'first' | undefined;
}

export function checkRelease(options: ReleaseDescription & Partial<Previous>): CheckedRelease {
  const where = 'release';
  const o = readOptions(options, where, 'id period purpose population onIdentifier allow identifiers previous');
  if (typeof o.id !== 'string' || o.id.trim() === '') {
    throw new TokumeiError('TOKUMEI_RELEASE_ID', { where, parameter: 'id', expected: 'a name of its own, such as apps-2026-w47', received: o.id });
  }
  if (o.previous !== undefined && o.previous !== 'first' && !Array.isArray(o.previous)) {
    throw new TokumeiError('TOKUMEI_PREVIOUS', { where, parameter: 'previous', expected: "a list of releases or 'first'", received: o.previous });
  }
  return {
    id: o.id,
    period: checkPeriod(o.period),
    purpose: checkOneOf(o.purpose, where, 'purpose', 'TOKUMEI_PURPOSE', ['service-information', 'service-operation', 'statistical-service']),
    population: o.population === undefined ? undefined : checkPopulation(o.population),
    onIdentifier: checkOneOf(o.onIdentifier ?? 'refuse', where, 'onIdentifier', 'TOKUMEI_ON_IDENTIFIER', ['refuse', 'suppress', 'label']),
    allow: checkAllow(o.allow ?? []),
    finder: guardFinder(checkFind(o.identifiers)),
    previous: Array.isArray(o.previous) ? [...o.previous] : o.previous,
  };
}

/** A copy of a period. @throws {TokumeiError} `TOKUMEI_PERIOD`, `TOKUMEI_OPTIONS` for another member */
export function checkPeriod(given: Period): Period {
  const bad = (parameter: string, expected: string, received: unknown): never => {
    throw new TokumeiError('TOKUMEI_PERIOD', { where: 'release', parameter, expected, received });
  };
  if (typeof given !== 'object' || given === null) return bad('period', "{ from: 'YYYY-MM-DD', to: 'YYYY-MM-DD', timeZone: 'Asia/Tokyo' }", given);
  const period = readOptions(given, 'release', 'from to timeZone');
  for (const end of ['from', 'to'] as const) if (!isDay(period[end])) return bad(`period.${end}`, 'a day as YYYY-MM-DD', period[end]);
  if (period.from > period.to) return bad('period.to', `on or after ${period.from}`, period.to);
  if (typeof period.timeZone !== 'string' || !isTimeZone(period.timeZone)) return bad('period.timeZone', 'an IANA time zone such as Asia/Tokyo', period.timeZone);
  return { from: period.from, to: period.to, timeZone: period.timeZone };
}

function isDay(text: unknown): boolean {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A copy of the allowances. @throws {TokumeiError} `TOKUMEI_ALLOW`, `TOKUMEI_OPTIONS` for another member */
export function checkAllow(allow: unknown): readonly Allowance[] {
  const list = Array.isArray(allow) ? allow.map((entry: unknown) => (typeof entry === 'object' && entry !== null ? readOptions(entry as Allowance, 'release', 'field class reason') : undefined)) : [undefined];
  const fits = (entry: Allowance | undefined): entry is Allowance =>
    entry !== undefined && typeof entry.field === 'string' && CLASSES.includes(entry.class as never) && typeof entry.reason === 'string' && entry.reason.trim() !== '';
  if (list.every(fits)) return list.map(({ field, class: name, reason }) => ({ field, class: name, reason }));
  throw new TokumeiError('TOKUMEI_ALLOW', { where: 'release', parameter: 'allow', expected: 'a list of { field, class, reason }, the reason in words', received: allow });
}

function checkFind(find: GuardFindOptions | undefined): GuardFindOptions {
  if (find === undefined) return ownOf({});
  const extra = typeof find === 'object' && find !== null ? Object.keys(find).find((name) => !['regions', 'detectors', 'carrierDomains'].includes(name)) : 'null';
  if (extra === undefined) return ownOf(find);
  throw new TokumeiError('TOKUMEI_GUARD_OPTIONS', { where: 'release', parameter: 'identifiers', expected: 'regions, detectors or carrierDomains: the guard can look for more, never for less', received: extra });
}
