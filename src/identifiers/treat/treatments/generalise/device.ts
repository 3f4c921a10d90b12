import type { Finding } from '../../../types.js';
import { ipv6Groups } from './ipv6Groups.js';

/** What a device's address has in common with others, or undefined where there is nothing that says little enough. */
export function generaliseDevice(finding: Finding, ipv4: number, ipv6: number): string | undefined {
  const { kind, canonical } = finding;
  switch (kind) {
    case 'ipv4':
      return network4(canonical, ipv4);
    case 'ipv6': {
      const groups = ipv6Groups(canonical);
      if (groups === undefined) return undefined;
      const mapped = groups.slice(0, 5).every((g) => g === 0) && groups[5] === 0xffff;
      if (!mapped) return `[${groups.slice(0, ipv6 / 16).map((g) => g.toString(16)).join(':')}:*]`;
      const [high = 0, low = 0] = groups.slice(6);
      return network4(`${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`, ipv4);
    }
    case 'mac':
      return manufacturer(canonical);
    case 'imei':
      return start(canonical, /^\d{14,16}$/, 8);
    case 'meid':
      return start(canonical, /^[0-9A-Fa-f]{14}$/, 8);
    case 'imsi':
      return start(canonical, /^\d{13,15}$/, 3);
    case 'iccid':
      return start(canonical, /^89\d{16,18}$/, 4);
    default:
      return undefined;
  }
}

function network4(address: string, bits: number): string | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}(?:\/\d{1,2})?$/.exec(address);
  return octets === null ? undefined : `[${octets.slice(1, 1 + bits / 8).join('.')}.*]`;
}

/** The first three bytes, which name who made the device, unless the address was made up by the device itself. */
function manufacturer(address: string): string | undefined {
  const hex = address.replace(/[^0-9A-Fa-f]/g, '').toLowerCase();
  if (hex.length !== 12 && hex.length !== 16) return undefined;
  if ((parseInt(hex.slice(0, 2), 16) & 2) !== 0) return undefined;
  return `[${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}:*]`;
}

function start(canonical: string, form: RegExp, count: number): string | undefined {
  const digits = canonical.replace(/-/g, '');
  return form.test(digits) ? `[${digits.slice(0, count)}*]` : undefined;
}
