import { checkInteger, checkOptions } from '../../../core/checks.js';
import { TokumeiError } from '../../../core/errors.js';
import type { Finding } from '../../types.js';
import type { RowLocalTreatment } from '../types.js';
import { separator } from '../../phone/groups.js';

/** Options of {@link mask}. */
export interface MaskOptions {
  /** Keep what follows the `@` of a mail address. */
  readonly keepDomain?: boolean;
  /** Keep the last digits of a number or of a device's address: 0 to 4, and never more than half of them. */
  readonly keepLast?: number;
}

/**
 * Puts stars in place of the finding and keeps what the options say: `[***@example.com]`, `[***-****-5678]`.
 *
 * A telephone number keeps its shape, because its length says nothing that its country does not; a local part or
 * a device's address becomes three stars, because its length does. The brackets stay, so that the digits that are
 * kept form no number with the text beside them.
 *
 * Masked values are not anonymous: four last digits together with a name are often one person. Where rows must
 * be joined use {@link pseudonym}; where nothing is needed use {@link label}.
 *
 * @throws {TokumeiError} `TOKUMEI_MASK_KEEP_LAST` when `keepLast` is not a whole number from 0 to 4;
 * `TOKUMEI_OPTIONS` when `keepDomain` is not a boolean.
 * @example
 * treat({ 'mobile-or-ip-phone': mask({ keepLast: 4 }) })('090-1234-5678'); // => '[***-****-5678]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function mask(options: MaskOptions = {}): RowLocalTreatment {
  const { keepDomain = false, keepLast = 0 } = checkOptions(options, 'mask');
  checkInteger(keepLast, 'mask', 'keepLast', 'TOKUMEI_MASK_KEEP_LAST', 0, 4);
  if (typeof keepDomain !== 'boolean') {
    throw new TokumeiError('TOKUMEI_OPTIONS', { where: 'mask', parameter: 'keepDomain', expected: 'true or false', received: keepDomain });
  }
  return {
    name: 'mask',
    scope: 'row-local',
    edges: 'closed',
    settings: { keepDomain, keepLast },
    replace: (finding, written) => {
      if (finding.class === 'mail-address') return maskMail(finding, keepDomain);
      if (finding.class === 'device-address') return `[***${ending(finding.canonical, keepLast, isAlphanumeric)}]`;
      return maskNumber(written, ending(finding.canonical, keepLast, isDigit));
    },
  };
}

function maskMail(finding: Finding, keepDomain: boolean): string {
  const domain = finding.canonical.slice(finding.canonical.lastIndexOf('@') + 1);
  return keepDomain && isPlainDomain(domain, finding) ? `[***@${domain}]` : '[***@***]';
}

/** A domain that holds no identifier of its own: no address literal, and fewer digits than the shortest number has. */
function isPlainDomain(domain: string, finding: Finding): boolean {
  if (domain.length === 0 || domain.length === finding.canonical.length) return false;
  let digits = 0;
  for (let i = 0; i < domain.length; i++) {
    const code = domain.charCodeAt(i);
    if (code >= 48 && code < 58) digits++;
    else if (code === 91 || code === 93 || code === 58) return false;
  }
  return digits < 7;
}

/** The last digits (or letters and digits) of a canonical value, at most half of them. */
function ending(canonical: string, count: number, counts: (unit: number) => boolean): string {
  let kept = '';
  let seen = 0;
  // Twice as many as are kept have to be there.
  for (let i = canonical.length - 1; i >= 0 && seen < 2 * count; i--) {
    if (!counts(canonical.charCodeAt(i))) continue;
    if (seen++ < count) kept = canonical.charAt(i) + kept;
  }
  return kept.slice(Math.max(0, kept.length - (seen >> 1)));
}

const isDigit = (unit: number): boolean => unit >= 48 && unit < 58;
const isAlphanumeric = (unit: number): boolean => isDigit(unit) || ((unit | 32) >= 97 && (unit | 32) < 123);

/** Stars for everything but separators, then the kept digits in the last places that had one. */
function maskNumber(written: string, kept: string): string {
  // No number is as long; a detector of the caller's own may find anything.
  if (written.length > 1000) return '[***]';
  const units = [BRACKET];
  for (let i = 0; i < written.length; i++) {
    const unit = written.charCodeAt(i);
    units.push(!isDigit(unit) && (unit === PLUS || separator(unit) !== 0) ? unit : STAR);
  }
  for (let i = written.length, left = kept.length; left > 0 && i > 0; i--) if (units[i] === STAR) units[i] = kept.charCodeAt(--left);
  units.push(CLOSING);
  return String.fromCharCode.apply(null, units);
}

const BRACKET = 91;
const CLOSING = 93;
const STAR = 42;
const PLUS = 43;
