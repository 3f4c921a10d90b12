import { INVISIBLE } from './local.js';
import { accept, candidate, MAIL, note, type Sink } from '../scan/sink.js';

/** Set aside for documentation and tests (RFC 2606, RFC 6761). */
const EXAMPLE = /(?:^|\.)(?:example(?:\.(?:com|net|org|jp|co\.jp|ne\.jp))?|test|invalid|localhost|xn--zckzah)$/;

const UNSEEN: RegExp = /* @__PURE__ */ new RegExp(`[${INVISIBLE}]`, 'g');

/** Reports a mail address made of its local part and canonical domain; `operator` is the carrier that issued it. Returns its end. */
export function report(written: string, start: number, end: number, host: string, operator: string | undefined, score: number, known: string, sink: Sink): number {
  let flags = known;
  // Zero-width units hide in an address; they are none of it.
  const name = written.replace(UNSEEN, '');
  if (name === '') return 0; // ✉️@example.jp: the sign ends with a unit that shows nothing
  if (/^\.|\.\.|\.$/.test(name)) flags += ' rfc-violating';
  // Example domains and international ones hold an x; so does "test" hold a t before its end.
  if (!operator) {
    if (EXAMPLE.test(host.slice(-16))) flags += ' documentation';
    if (host.includes('xn--')) flags += ' idn';
  }
  note(sink, operator ? 'mail:carrier' : 'mail');
  const f = candidate(MAIL, operator ? 'mobile' : 'pc', start, end, `${name}@${host}`, score, flags);
  accept(sink, operator ? Object.assign(f, { operator }) : f);
  return end;
}
