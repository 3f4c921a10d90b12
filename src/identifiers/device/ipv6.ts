import { labelBefore } from '../context/labels.js';
import { ADDRESS } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { MAX_IPV6_GROUPS } from '../limits.js';
import { hexDigit, isWord, unitAt } from '../scan/units.js';
import { dotted, prefixLength, quad, rangeOfIpv4, readIpv4 } from './ipv4.js';
import { macBetween } from './mac.js';

const values: number[] = [];

/**
 * An IPv6 address, or a MAC address written with colons, whose first colon stands at `colon`.
 * Returns where to go on: past what was read, so that no part of it is looked at twice; 0 when there is none.
 */
export function colonsAt(text: string, colon: number, sink: Sink): number {
  let start = colon;
  while (start > 0 && colon - start < 5 && hexDigit(unitAt(text, start - 1)) >= 0) start--;
  // "node:fe80::1", "12345:…": this colon ends a label; what follows is looked at from its own first colon.
  const before = start > 0 ? unitAt(text, start - 1) : 0;
  if (colon - start > 4 || isWord(before) || (before === 0x3a && !/[g-z_]\w{0,19}:$/i.test(text.slice(Math.max(0, start - 20), start))) || before === 0x2e || (start === colon && unitAt(text, colon + 1) !== 0x3a)) return 0;
  let n = 0;
  let gap = -1; // how many groups stand before the '::'
  let pairs = true;
  let v4 = false;
  let end = start;
  let p = start;
  for (;;) {
    const from = p;
    let v = 0;
    for (let h: number; p - from < 5 && (h = hexDigit(unitAt(text, p))) >= 0; p++) v = v * 16 + h;
    if (p > from) {
      if (unitAt(text, p) === 0x2e && n < 7 && (n > 0 || gap >= 0) && readIpv4(text, from)) {
        values[n++] = quad.value >>> 16;
        values[n++] = quad.value & 0xffff;
        v4 = true;
        end = quad.end;
        break;
      }
      // A fifth digit is a port's, or nothing of an address: the group is left out.
      if (p - from > 4) break;
      if (p - from !== 2) pairs = false;
      values[n++] = v;
      end = p;
    } else if (n > 0 || gap >= 0) break;
    if (n === MAX_IPV6_GROUPS || unitAt(text, p) !== 0x3a) break;
    if (unitAt(text, p + 1) === 0x3a) {
      // Two gaps, or three colons.
      if (gap >= 0 || unitAt(text, p + 2) === 0x3a) return p + 2;
      gap = n;
      end = p += 2;
    } else if (n === 0) return 0;
    else p++;
  }
  if (isWord(unitAt(text, end))) return end;
  if (gap < 0) {
    if (n === MAX_IPV6_GROUPS) {
      n--; // eight groups and a port
      end = text.lastIndexOf(':', end - 1);
    }
    if (pairs && (n === 6 || (n === 8 && values[3] === 0xff && values[4] === 0xfe))) return macBetween(text, start, end, sink);
    // "add:00:1a:…": a word of hexadecimal letters before the address.
    if (n === 7 && /^[a-f]+:(?:[\da-f]{2}:){5}/i.test(text.slice(start, end - 2))) return macBetween(text, end - 17, end, sink) || end;
  }
  if (n > 8 || (gap < 0 ? n !== 8 : n > 7)) return end;
  if (gap < 0) gap = n;
  const value: number[] = [];
  for (let i = 0; i < 8; i++) value.push(i < gap ? (values[i] as number) : i < gap + 8 - n ? 0 : (values[i + n - 8] as number));
  const [first, second] = value as [number, number];
  // x[::2] is a slice.
  if (before === 0x5b && n < 3 && /[\w)\]]/.test(text.charAt(start - 2))) return end;
  const canonical = canonicalIpv6(value);
  let score = 0.95;
  // Unless in a range that is in use, or so long that nothing else looks like it.
  if (n < 6 && canonical !== '::1' && (n < 2 || !(first === 0 ? v4 || MAPPED.test(canonical) : first >> 13 === 1 || (first >= 0xfc00 && first < 0xffff) || (first === 0x64 && second === 0xff9b)))) {
    score = canonical === '::' ? 0.1 : n > 3 && (v4 || /\d/.test(text.slice(start, end))) ? 0.75 : 0.3;
    if ((labelBefore(text, start, ADDRESS, sink.words) | (sink.field & ADDRESS)) !== 0) score += 0.35;
  }
  note(sink, 'ipv6');
  const zone = unitAt(text, end) === 0x25 ? end + (/^%[\w.~-]{1,32}/.exec(text.slice(end, end + 33))?.[0].length ?? 0) : end;
  const last = zone + prefixLength(text, zone, 128);
  return accept(sink, candidate(DEVICE, 'ipv6', start, last, canonical, score, rangeOf(value, canonical))) ? last : end;
}

function rangeOf(value: readonly number[], canonical: string): string {
  const [first, second] = value as [number, number];
  if ((first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000)) return 'documentation';
  if (first >> 8 === 0xff) return 'multicast';
  if (first >> 6 === 0x3fa) return 'link-local';
  if (first >> 9 === 0x7e) return 'private';
  return canonical === '::1' ? 'loopback' : canonical === '::' ? 'unspecified' : MAPPED.test(canonical) ? rangeOfIpv4(tailOf(value)) : '';
}

const MAPPED = /^::ffff:.*\./;
const tailOf = (value: readonly number[]): number => ((value[6] as number) << 16) | (value[7] as number);

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first of equals; v4-mapped with a dotted tail. */
function canonicalIpv6(value: readonly number[]): string {
  let from = 8;
  let longest = 1;
  for (let i = 0, run = 0; i < 8; i++) {
    run = value[i] === 0 ? run + 1 : 0;
    if (run > longest) [from, longest] = [i - run + 1, run];
  }
  if (from === 0 && longest === 5 && value[5] === 0xffff) return `::ffff:${dotted(tailOf(value))}`;
  let s = '';
  for (let i = 0; i < 8; i++) {
    if (i === from) {
      s += '::';
      i += longest - 1;
    } else s += (s === '' || i === from + longest ? '' : ':') + (value[i] as number).toString(16);
  }
  return s;
}
