import { checkOptions } from '../../../../core/checks.js';
import { TokumeiError } from '../../../../core/errors.js';
import type { Finding } from '../../../types.js';
import type { RowLocalTreatment } from '../../types.js';
import { generaliseDevice } from './device.js';
import { generaliseNumber } from './number.js';

/** Options of {@link generalise}. */
export interface GeneraliseOptions {
  /** Bits of an IPv4 address that stay: 8, 16 or 24 (the default). */
  readonly ipv4?: 8 | 16 | 24;
  /** Bits of an IPv6 address that stay: 16, 32 or 48 (the default). */
  readonly ipv6?: 16 | 32 | 48;
}

/**
 * Puts in place of the finding what it has in common with many others.
 *
 * | finding | becomes | what is left |
 * |---|---|---|
 * | IPv4 | `[192.0.2.*]` | the /24 network (an IPv4-mapped IPv6 address counts as IPv4) |
 * | IPv6 | `[2001:db8:1:*]` | the /48 network |
 * | MAC | `[00:00:5e:*]` | the manufacturer; of a locally administered address nothing |
 * | IMEI, MEID, IMSI, ICCID | `[35209900*]`, `[440*]`, `[8981*]` | model, manufacturer, country |
 * | fixed line, Japan | `[03-*]` | the area code |
 * | other numbers | `[mobile-or-ip-phone:docomo]`, `[telephone-number:freephone]`, `[telephone-number:GB]` | carrier that the block was given to, kind or country |
 * | mail | `[mail-address:docomo]`, `[mail-address:pc]` | carrier or kind |
 *
 * What has nothing to generalise to becomes its label. Networks are written with `*` rather than as `192.0.2.0/24`,
 * so that the result is no address any more and treating it again changes nothing.
 *
 * A group of addresses is no anonymous group: a /24 can be one company, a /48 one household. Count how many people
 * share a value (`kCountUnits`) before publishing it.
 *
 * The same widths as Google Analytics takes by default (last octet, last 80 bits).
 *
 * @throws {TokumeiError} `TOKUMEI_GENERALISE_BITS` for other widths.
 * @example
 * treat({ 'device-address': generalise() })('from 192.0.2.17'); // => 'from [192.0.2.*]'
 */
/* @__NO_SIDE_EFFECTS__ */
export function generalise(options: GeneraliseOptions = {}): RowLocalTreatment {
  const { ipv4 = 24, ipv6 = 48 } = checkOptions(options, 'generalise', 'ipv4 ipv6');
  checkBits('ipv4', ipv4, [8, 16, 24]);
  checkBits('ipv6', ipv6, [16, 32, 48]);
  return {
    name: 'generalise',
    scope: 'row-local',
    edges: 'closed',
    settings: { ipv4, ipv6 },
    replace: (finding) => {
      const rest = detailOf(finding, ipv4, ipv6);
      return rest ?? `[${finding.class}]`;
    },
  };
}

function detailOf(finding: Finding, ipv4: number, ipv6: number): string | undefined {
  switch (finding.class) {
    case 'device-address':
      return generaliseDevice(finding, ipv4, ipv6);
    case 'mail-address':
      return named(finding, finding.operator ?? finding.kind);
    default:
      return generaliseNumber(finding) ?? named(finding, finding.operator ?? (finding.region === 'JP' ? finding.kind : finding.region));
  }
}

/** `[class:detail]`, if the detail is a plain name: it may come from a caller's own list of carriers. */
function named(finding: Finding, detail: string | undefined): string | undefined {
  const plain = detail !== undefined && /^[A-Za-z][A-Za-z0-9 !&_-]{0,39}$/.test(detail) && !/\d{4}/.test(detail);
  return plain ? `[${finding.class}:${detail}]` : undefined;
}

function checkBits(parameter: string, value: number, allowed: readonly number[]): void {
  if (allowed.includes(value)) return;
  throw new TokumeiError('TOKUMEI_GENERALISE_BITS', { where: 'generalise', parameter, expected: `one of ${allowed.join(', ')}`, received: value });
}
