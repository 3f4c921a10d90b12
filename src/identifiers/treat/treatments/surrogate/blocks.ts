import type { Finding } from '../../../types.js';

/** A range that belongs to nobody: how many values it has, and the n-th of them, counted from 0. */
export interface Block {
  readonly name: string;
  readonly size: number;
  readonly at: (n: number) => string;
}

/** The block for a finding. What has no range set aside becomes a numbered label. */
export function blockFor(finding: Finding): Block {
  const { class: cls, kind, canonical, region } = finding;
  if (cls === 'mail-address') return kind === 'mobile' ? MOBILE_MAIL : MAIL;
  if (cls === 'mobile-or-ip-phone' || cls === 'telephone-number') {
    if (region !== 'JP' && !canonical.startsWith('+81')) return FOREIGN;
    return cls === 'telephone-number' ? FIXED : kind === 'mobile' ? MOBILE : IP_PHONE;
  }
  if (kind === 'mac') return canonical.replace(/[^0-9A-Fa-f]/g, '').length === 16 ? EUI64 : MAC;
  return DEVICE[kind] ?? numbered(cls, kind);
}

// RFC 2606: example.com is set aside for documentation, with everything below it.
const MAIL: Block = { name: 'mail', size: 1e9, at: (n) => `user${n + 1}@example.com` };
const MOBILE_MAIL: Block = { name: 'mobile-mail', size: 1e9, at: (n) => `user${n + 1}@mobile.example.com` };

// The Ministry's plan opened 060 in 2024 and has handed out no block above 060-1; 050 and 03 are followed by 1 to 9
// and by 2 to 9, so that 050-0 and 03-0, 03-1 ring nowhere. +999 is an unassigned country code (ITU-T E.164).
const MOBILE: Block = { name: 'mobile', size: 8e7, at: (n) => grouped(String(6_020_000_000 + n), 2) };
const IP_PHONE: Block = { name: 'ip-phone', size: 1e7, at: (n) => grouped(String(5_000_000_000 + n), 2) };
const FIXED: Block = { name: 'fixed', size: 2e7, at: (n) => grouped(String(300_000_000 + n), 1) };
const FOREIGN: Block = { name: 'foreign', size: 1e9, at: (n) => `+999${pad(n, 9)}` };

// RFC 9542: 00-00-5E-00-53-xx is for documentation, what follows up to 00-00-5E-90-00-FF is not assigned; for EUI-64
// 00-00-5E-EF-10-00-00-xx is for documentation, 02-00-5E-10-00-00-01-00 and up is not assigned.
const MAC: Block = { name: 'mac', size: 0x8fad00, at: (n) => `00:00:5e:${bytes(0x005300 + n, 3)}` };
const EUI64: Block = { name: 'eui64', size: 0xdf000000, at: (n) => (n < 256 ? `00:00:5e:ef:10:00:00:${bytes(n, 1)}` : `02:00:5e:${bytes(0x1000000000 + n, 5)}`) };

const DEVICE: Readonly<Record<string, Block>> = {
  // RFC 5737 (documentation), then RFC 1112 class E, which is not routed and not assigned.
  ipv4: { name: 'ipv4', size: 0x0fffff00, at: ipv4 },
  // RFC 3849.
  ipv6: { name: 'ipv6', size: 0xffffffff, at: ipv6 },
  // A reporting body of 00 marks test equipment (GSMA TS.06).
  imei: { name: 'imei', size: 1e12, at: (n) => withLuhn(`00${pad(n, 12)}`) },
  // 001-01 is the test network (ITU-T E.212).
  imsi: { name: 'imsi', size: 1e10, at: (n) => `00101${pad(n, 10)}` },
  // Country code 999 is not assigned (ITU-T E.118, E.164).
  iccid: { name: 'iccid', size: 1e13, at: (n) => withLuhn(`89999${pad(n, 13)}`) },
  // Version 4 with 62 of its random bits zero: no generator gives it.
  'advertising-id': { name: 'advertising-id', size: 1e12, at: (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` },
};

function numbered(cls: string, kind: string): Block {
  return { name: `${cls} ${kind}`, size: 1e6, at: (n) => `[${cls}:${kind}-${n + 1}]` };
}

/** A Japanese number with its zero and dashes, from what follows the zero: `6020000001` gives `060-2000-0001`. */
function grouped(national: string, areaDigits: number): string {
  const rest = national.slice(areaDigits);
  return `0${national.slice(0, areaDigits)}-${rest.slice(0, -4)}-${rest.slice(-4)}`;
}

function ipv4(n: number): string {
  const documentation = ['192.0.2', '198.51.100', '203.0.113'][Math.floor(n / 254)];
  if (documentation !== undefined) return `${documentation}.${(n % 254) + 1}`;
  const rest = n - 3 * 254 + 1;
  return `${240 + Math.floor(rest / 0x1000000)}.${(rest >> 16) & 255}.${(rest >> 8) & 255}.${rest & 255}`;
}

function ipv6(n: number): string {
  const value = n + 1;
  const high = Math.floor(value / 0x10000);
  return high === 0 ? `2001:db8::${value.toString(16)}` : `2001:db8::${high.toString(16)}:${(value % 0x10000).toString(16)}`;
}

function bytes(value: number, count: number): string {
  const hex = value.toString(16).padStart(count * 2, '0');
  return (hex.match(/../g) ?? []).join(':');
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}

/** With its check digit (ISO/IEC 7812-1, annex B). */
function withLuhn(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits + ((10 - (sum % 10)) % 10);
}
