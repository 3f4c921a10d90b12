import { labelAfter, labelBefore } from '../context/labels.js';
import { ADDRESS, OTHER_NUMBER, PHONE, UNIT, VERSION } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { foldAt, isDigit, isLetter, isWord, unitAt } from '../scan/units.js';

/** An IPv4 address whose first digit stands at `at`, with a `/n` if there is one. Returns where to go on, 0 when it is none. */
export function ipv4At(text: string, at: number, sink: Sink): number {
  // 1.2.3.4.5, 1.2.3.4444 and 2005-06-03-15.42.50.67 are section numbers, object identifiers, versions, times.
  const before = foldAt(text, at - 1);
  const further = foldAt(text, at - 2);
  if (isWord(before) || ((before === 0x2e || before === 0x2d) && isDigit(further))) return 0;
  let end = at;
  let value = 0; // as 32 bits with a sign: a small integer to the engine
  let leadingZero = false;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0 && foldAt(text, end++) !== 0x2e) return 0;
    const from = end;
    let v = 0;
    for (let unit: number; end - from < 3 && isDigit((unit = foldAt(text, end))); end++) {
      if (v === 0 && end > from) leadingZero = true;
      v = v * 10 + unit - 48;
    }
    if (end === from || v > 255) return 0;
    value = (value << 8) | v;
  }
  const next = foldAt(text, end);
  const after = foldAt(text, end + 1);
  if (isDigit(next) || (next === 0x2e && isDigit(after))) return 0;
  const canonical = leadingZero || unitAt(text, at) < 0x80 ? text.slice(at, end) : dotted(value);
  let score = 0.9;
  // name-1.2.3.4, Chrome/1.2.3.4 and 1.2.3.4-beta are versions; //1.2.3.4 is a host.
  if ((before === 0x2d && isLetter(further)) || (before === 0x2f && isWord(further))) score -= 0.45;
  if (isWord(next) || ((next === 0x2d || next === 0x2e) && isLetter(after) && before !== 0x2f)) score -= 0.4;
  // "[1.128.1.0] - 2026-09-02": a heading of a change log.
  if (next === 0x5d && /^\] ?[-–—(] ?(?:19|20)\d\d/.test(text.slice(end, end + 8))) score -= 0.5;
  // No octet above 31 and no well-known address: as likely a version. A network's length and the columns of an access log vouch.
  const span = end + prefixLength(text, end, 32);
  if ((value & 0xe0e0e0e0) === 0 && span === end && !/^(?:10\.|1\.[01]\.[01]\.1$|8\.8\.(?:8\.8|4\.4)$|0\.0\.0\.0)/.test(dotted(value)) && !text.startsWith(' - - [', end)) score -= 0.45;
  // 20.45.2.54章
  if (next > 0x3000 && labelAfter(text, end, VERSION | UNIT, sink.words) !== 0) score -= 0.5;
  const label = labelBefore(text, at, ADDRESS | VERSION | OTHER_NUMBER | PHONE, sink.words, 24) || sink.field & (ADDRESS | VERSION);
  if (label & ADDRESS) score += 0.3;
  else if (label & VERSION) score -= 0.5;
  // Mobile 90.20.26.65: numbers in pairs, as half of Europe writes them.
  else if ((label & PHONE) && /^(?:..\.){3}..$/.test(canonical)) score -= 0.45;
  note(sink, label === 0 ? 'ipv4' : label & ADDRESS ? 'ipv4:word:address' : 'ipv4:word:other');
  return accept(sink, candidate(DEVICE, 'ipv4', at, span, canonical, score, (leadingZero ? 'leading-zero ' : '') + rangeOfIpv4(value))) ? span : 0;
}

/** How many units a `/n` with n up to `max` takes at `at`: 0 when there is none. */
export function prefixLength(text: string, at: number, max: number): number {
  if (unitAt(text, at) !== 0x2f) return 0;
  const match = /^\/(\d{1,3})(?![\w/]|\.\d)/.exec(text.slice(at, at + 7));
  return !match || Number(match[1]) > max ? 0 : match[0].length;
}

/** The flag of the range that an address is in, `''` for public ones. */
export function rangeOfIpv4(value: number): string {
  const a = value >>> 24;
  const ab = value >>> 16;
  if (a === 10 || ab === 0xc0a8 || ab >>> 4 === 0xac1 || ab >>> 6 === 0x191) return 'private';
  if (a === 127) return 'loopback';
  const abc = value >>> 8;
  if (abc === 0xc00002 || abc === 0xc63364 || abc === 0xcb0071) return 'documentation';
  if (ab === 0xa9fe) return 'link-local';
  if (a >>> 4 === 14) return 'multicast';
  return value === 0 ? 'unspecified' : '';
}

export function dotted(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}
