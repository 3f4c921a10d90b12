import { accept, candidate, MAIL, note, type Sink } from '../scan/sink.js';
import type { Carriers } from './carriers.js';

/** Set aside for documentation and tests (RFC 2606, RFC 6761). */
const EXAMPLE = /(?:^|\.)(?:example(?:\.(?:com|net|org|jp|co\.jp|ne\.jp))?|test|invalid|localhost|xn--zckzah)$/;

/** Reports a mail address made of its local part and canonical domain. Returns its end. */
export function report(name: string, start: number, end: number, host: string, carriers: Carriers, score: number, known: string, sink: Sink): number {
  const operator = carriers.operatorOf(host);
  let flags = known;
  if (name.charCodeAt(0) === 0x2e || name.endsWith('.') || name.includes('..')) flags += ' rfc-violating';
  if (EXAMPLE.test(host)) flags += ' documentation';
  if (host.includes('xn--')) flags += ' idn';
  note(sink, operator === undefined ? 'mail' : 'mail:carrier');
  const f = candidate(MAIL, operator === undefined ? 'pc' : 'mobile', start, end, `${name}@${host}`, score, flags);
  accept(sink, operator === undefined ? f : { ...f, operator });
  return end;
}
