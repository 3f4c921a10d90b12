import { MAX_LOCAL } from '../limits.js';
import { accept, note, phoneCandidate, type Sink } from '../scan/sink.js';
import { foldAt, foldSlice, unitAt } from '../scan/units.js';
import { canonicalDomain, domainEnd } from './domain.js';
import { localStart } from './local.js';
import { spelledAt } from './obfuscated.js';
import { report } from './report.js';

/** A mail address, or a SIP address, around the `@` at `at`. Returns where to go on, 0 when it is none. */
export function mailAt(text: string, at: number, sink: Sink): number {
  let start = localStart(text, at);
  if (start < at) {
    if (text.startsWith(':+', start - 2)) start--; // sip:+81…
    const sip = unitAt(text, start - 1) === 0x3a && /(?:^|[^a-z])sips?:$/i.test(text.slice(Math.max(0, start - 6), start));
    const end = domainEnd(text, at + 1);
    if (end !== 0) {
      const host = canonicalDomain(text, at + 1, end);
      if (sip) return sipAddress(text, start, at, end, host, sink);
      const operator = sink.operatorOf(host);
      // Only carriers gave out addresses that begin with a dot; elsewhere it belongs to the sentence.
      if (!operator) while (start < at - 1 && foldAt(text, start) === 0x2e) start++;
      return report(foldSlice(text, start, at), start, end, host, operator, 0.97, at - start >= MAX_LOCAL ? 'overlong' : '', sink);
    }
    const name = sip ? 0 : vouchedFor(text, start, at, sink);
    if (name !== 0) return name;
  }
  return spelledAt(text, at, at + 1, false, sink);
}

/** `user@[192.0.2.1]`, and hosts without a dot where the text says that it is an address: `<root@host>`, `mailto:root@host`. */
function vouchedFor(text: string, start: number, at: number, sink: Sink): number {
  const rest = text.slice(at + 1, at + 64);
  const host = /^(?:\[(?:IPv6:[\da-f:.]{2,45}|\d{1,3}(?:\.\d{1,3}){3})\]|[a-z][a-z\d-]{0,62})/i.exec(rest)?.[0].toLowerCase();
  if (!host) return 0;
  const end = at + 1 + host.length;
  const vouched = host.startsWith('[') || host === 'localhost' || /mailto:$/i.test(text.slice(Math.max(0, start - 7), start)) || (unitAt(text, start - 1) === 0x3c && unitAt(text, end) === 0x3e);
  return vouched ? report(foldSlice(text, start, at), start, end, host, undefined, 0.7, '', sink) : 0;
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
