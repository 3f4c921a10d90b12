import { checkEach, type OptionCheck } from '../../../core/checks.js';
import { isDigit, isLetter } from '../../scan/units.js';
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
 * `TOKUMEI_OPTIONS` when `keepDomain` is not a boolean, or an option has another name.
 * @example
 * treat({ 'mobile-or-ip-phone': mask({ keepLast: 4 }) })('090-1234-5678'); // => '[***-****-5678]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function mask(options: MaskOptions = {}): RowLocalTreatment {
  const { keepDomain = false, keepLast = 0 } = checkEach(options, 'mask', CHECKS);
  return {
    name: 'mask',
    scope: 'row-local',
    edges: 'closed',
    settings: { keepDomain, keepLast },
    replace: ({ class: cls, canonical }, written) => {
      if (cls === 'mail-address') {
        const at = canonical.lastIndexOf('@');
        const domain = canonical.slice(at + 1);
        return `[***@${keepDomain && at >= 0 && isPlain(domain) ? domain : '***'}]`;
      }
      return cls === 'device-address' ? `[***${ending(canonical, keepLast, isAlphanumeric)}]` : maskNumber(written, ending(canonical, keepLast, isDigit));
    },
  };
}

const CHECKS: { readonly [K in keyof MaskOptions]-?: OptionCheck } = {
  keepDomain: [(keep: unknown) => typeof keep === 'boolean', 'TOKUMEI_OPTIONS', 'true or false'],
  keepLast: [(count: unknown) => [0, 1, 2, 3, 4].includes(count as number), 'TOKUMEI_MASK_KEEP_LAST', 'a whole number from 0 to 4'],
};

/** A domain that holds no identifier of its own: no address literal, and fewer digits than the shortest number has. */
function isPlain(domain: string): boolean {
  let digits = domain === '' || /[:[\]]/.test(domain) ? 7 : 0;
  for (let i = 0; i < domain.length; i++) digits += Number(isDigit(domain.charCodeAt(i)));
  return digits < 7;
}

/** The last digits (or letters and digits) of a canonical value, at most half of them. */
function ending(canonical: string, count: number, counts: (unit: number) => boolean): string {
  let kept = '';
  let seen = 0;
  // Twice as many as are kept have to be there.
  for (let i = canonical.length; i-- > 0 && seen < 2 * count; ) if (counts(canonical.charCodeAt(i)) && seen++ < count) kept = canonical.charAt(i) + kept;
  return kept.slice(kept.length - (seen >> 1));
}

/** Stars for everything but separators, then the kept digits in the last places that had one. */
function maskNumber(written: string, kept: string): string {
  // No number is as long; a detector of the caller's own may find anything.
  if (written.length > 1000) return '[***]';
  const units = new Array<number>(written.length + 2);
  let left = kept.length;
  for (let i = written.length; i > 0; i--) {
    const unit = written.charCodeAt(i - 1);
    units[i] = unit === PLUS || separator(unit) !== 0 ? unit : left > 0 ? kept.charCodeAt(--left) : STAR;
  }
  units[0] = 0x5b;
  units[written.length + 1] = 0x5d;
  return String.fromCharCode.apply(null, units);
}

const isAlphanumeric = (unit: number): boolean => isDigit(unit) || isLetter(unit);

const STAR = 0x2a;
const PLUS = 0x2b;
