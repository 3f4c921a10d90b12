import { fold } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { Carriers } from './carriers.js';
import { canonicalDomain, type Domain, readDomain } from './domain.js';
import { type Local, readLocal } from './local.js';
import { spelledAt } from './obfuscated.js';
import { acceptMail } from './report.js';

const local: Local = { start: 0, overlong: false };
const domain: Domain = { end: 0, idn: false };

/** A mail address, or a SIP address, around the `@` at `at`. Returns where to go on. */
export function mailAt(text: string, at: number, carriers: Carriers, sink: Sink): number {
  readLocal(text, at, local);
  if (local.start === at) return spelledAt(text, at, at + 1, false, carriers, sink) || at + 1;
  let { start } = local;
  const sip = sipScheme(text, start);
  if (readDomain(text, at + 1, domain)) {
    if (sip) return sipAddress(text, start, at, domain.end, sink);
    const end = domain.end;
    const host = canonicalDomain(text, at + 1, end, domain.idn);
    const operator = carriers.operatorOf(host);
    // Only carriers gave out addresses that begin with a dot; elsewhere it belongs to the sentence.
    if (operator === undefined) while (start < at - 1 && fold(text.charCodeAt(start)) === 0x2e) start++;
    return acceptMail(text, start, at, end, host, operator, 0.97, local.overlong ? ['overlong'] : NO_FLAGS, sink);
  }
  const literal = /^\[(?:IPv6:[0-9a-f:.]{2,45}|\d{1,3}(?:\.\d{1,3}){3})\]/i.exec(text.slice(at + 1, at + 56));
  if (literal !== null) {
    return acceptMail(text, start, at, at + 1 + literal[0].length, literal[0].toLowerCase(), undefined, 0.9, NO_FLAGS, sink);
  }
  const bare = /^[a-z][a-z0-9-]{0,62}/i.exec(text.slice(at + 1, at + 64));
  if (bare !== null && !sip) {
    const end = at + 1 + bare[0].length;
    const enclosed = text.charCodeAt(start - 1) === 0x3c && text.charCodeAt(end) === 0x3e;
    const vouched = enclosed || /mailto:$/i.test(text.slice(Math.max(0, start - 7), start)) || /^localhost$/i.test(bare[0]);
    if (vouched) return acceptMail(text, start, at, end, bare[0].toLowerCase(), undefined, 0.7, NO_FLAGS, sink);
  }
  return spelledAt(text, at, at + 1, false, carriers, sink) || at + 1;
}

function sipScheme(text: string, start: number): boolean {
  if (start < 4 || text.charCodeAt(start - 1) !== 0x3a) return false;
  return /(?:^|[^a-z])sips?:$/i.test(text.slice(Math.max(0, start - 6), start));
}

/** The user part of a SIP address is a telephone; where it is a name the whole address is the identifier. */
function sipAddress(text: string, start: number, at: number, end: number, sink: Sink): number {
  const user = text.slice(start, at);
  const numeric = /^\+?[\d.-]{3,}$/.test(user);
  const digits = user.replace(/[.-]/g, '');
  const canonical = numeric ? (/^0[1-9]/.test(digits) ? `+81${digits.slice(1)}` : digits) : `sip:${user}@${canonicalDomain(text, at + 1, end, false)}`;
  note(sink, 'sip');
  accept(sink, { class: 'mobile-or-ip-phone', kind: 'sip-uri', start, end: numeric ? at : end, canonical, score: 0.95, flags: NO_FLAGS });
  return end;
}
