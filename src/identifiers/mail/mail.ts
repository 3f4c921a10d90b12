import { accept, note, phoneCandidate, type Sink } from '../scan/sink.js';
import { fold, foldSlice } from '../scan/units.js';
import type { Carriers } from './carriers.js';
import { canonicalDomain, type Domain, readDomain } from './domain.js';
import { type Local, readLocal } from './local.js';
import { spelledAt } from './obfuscated.js';
import { report } from './report.js';

/** A mail address, or a SIP address, around the `@` at `at`. Returns where to go on, 0 when it is none. */
export function mailAt(text: string, at: number, carriers: Carriers, sink: Sink): number {
  const local: Local = { start: at, overlong: false };
  const domain: Domain = { end: 0, idn: false };
  readLocal(text, at, local);
  let { start } = local;
  if (start < at && !continues(text, start, domain)) {
    const before = text.slice(Math.max(0, start - 8), start);
    const sip = /(?:^|[^a-z])sips?:$/i.test(before);
    if (readDomain(text, at + 1, domain)) {
      const { end } = domain;
      const host = canonicalDomain(text, at + 1, end, domain.idn);
      if (sip) return sipAddress(text, start, at, end, host, sink);
      // Only carriers gave out addresses that begin with a dot; elsewhere it belongs to the sentence.
      if (carriers.operatorOf(host) === undefined) while (start < at - 1 && fold(text.charCodeAt(start)) === 0x2e) start++;
      return report(foldSlice(text, start, at), start, end, host, carriers, 0.97, local.overlong ? 'overlong' : '', sink);
    }
    // user@[192.0.2.1]; <root@localhost>, mailto:postmaster@host
    const rest = text.slice(at + 1, at + 64);
    const literal = /^\[(?:IPv6:[\da-f:.]{2,45}|\d{1,3}(?:\.\d{1,3}){3})\]/i.exec(rest) ?? /^[a-z][a-z\d-]{0,62}/i.exec(rest);
    if (literal !== null && !sip) {
      const host = literal[0].toLowerCase();
      const end = at + 1 + host.length;
      const vouched = host.startsWith('[') || host === 'localhost' || before.endsWith('mailto:') || (before.endsWith('<') && text.charCodeAt(end) === 0x3e);
      if (vouched) return report(foldSlice(text, start, at), start, end, host, carriers, 0.7, '', sink);
    }
  }
  return spelledAt(text, at, at + 1, false, carriers, sink);
}

/** `@b.example` in `a@b.example@c.example`: what would be a local part is the domain of the address before it. */
function continues(text: string, start: number, domain: Domain): boolean {
  if (start < 2 || fold(text.charCodeAt(start - 1)) !== 0x40) return false;
  const local: Local = { start: 0, overlong: false };
  readLocal(text, start - 1, local);
  return local.start < start - 1 && readDomain(text, start, domain);
}

/** The user part of a SIP address is a telephone; where it is a name the whole address is the identifier. */
function sipAddress(text: string, start: number, at: number, end: number, host: string, sink: Sink): number {
  const user = foldSlice(text, start, at);
  const digits = user.replace(/[.-]/g, '');
  const numeric = /^\+?\d{3,}$/.test(digits);
  const canonical = numeric ? digits.replace(/^0(?=[1-9])/, '+81') : `sip:${user}@${host}`;
  note(sink, 'sip');
  accept(sink, phoneCandidate('sip-uri', start, numeric ? at : end, canonical, 0.95, '', undefined));
  return end;
}
