import { labelBefore } from '../context/labels.js';
import { ADDRESS } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { hexDigit, isWord } from '../scan/units.js';
import { prefixLength, type Quad, rangeOfIpv4, readIpv4, dotted } from './ipv4.js';
import { macBetween } from './mac.js';

/**
 * An IPv6 address, or a MAC address written with colons, whose first colon stands at `colon`.
 * Returns where to go on: past what was read, so that no part of it is looked at twice.
 */
export function colonsAt(text: string, colon: number, quad: Quad, sink: Sink): number {
  const next = text.charCodeAt(colon + 1);
  let start = colon;
  while (start > 0 && colon - start < 5 && hexDigit(text.charCodeAt(start - 1)) >= 0) start--;
  const size = colon - start;
  const before = start > 0 ? text.charCodeAt(start - 1) : 0;
  // "node:fe80::1", "12345:…": this colon ends a label; what follows is looked at from its own first colon.
  if (size > 4 || isWord(before) || (size === 0 && (next !== 0x3a || before === 0x3a))) return 0;

  const groups: number[] = [];
  let gap = -1;
  let pairs = true;
  let v4 = false;
  let p = start;
  for (;;) {
    const at = p;
    let value = 0;
    for (let h: number; p - at < 5 && (h = hexDigit(text.charCodeAt(p))) >= 0; p++) value = value * 16 + h;
    if (p - at > 4) {
      p = at - 1; // a port, or something else: the address ends before its colon
      break;
    }
    if (p > at) {
      if (text.charCodeAt(p) === 0x2e && (groups.length === 6 || (gap >= 0 && groups.length < 6)) && readIpv4(text, at, quad)) {
        groups.push((quad.value >>> 16) & 0xffff, quad.value & 0xffff);
        p = quad.end;
        v4 = true;
        break;
      }
      groups.push(value);
      pairs &&= p - at === 2;
    }
    if (text.charCodeAt(p) !== 0x3a || groups.length > 8) break;
    if (text.charCodeAt(p + 1) === 0x3a) {
      if (gap >= 0 || text.charCodeAt(p + 2) === 0x3a) return p + 1;
      gap = groups.length;
      p += 2;
      if (hexDigit(text.charCodeAt(p)) < 0) break;
    } else if (hexDigit(text.charCodeAt(p + 1)) < 0) break;
    else p++;
  }
  if (isWord(text.charCodeAt(p))) return p;
  const count = groups.length;
  if (gap < 0) {
    if (pairs && count === 6) return macBetween(text, start, p, sink);
    // "add:00:1a:…": a word of hexadecimal letters before the address.
    if (count === 7 && start + 21 <= p && !/\d/.test(text.slice(start, colon))) return macBetween(text, p - 17, p, sink) || p;
    if (pairs && count === 8 && groups[3] === 0xff && groups[4] === 0xfe) return macBetween(text, start, p, sink);
    if (count === 9) {
      // eight groups and a port
      p = text.lastIndexOf(':', p - 1);
      groups.pop();
    } else if (count !== 8) return p;
  } else if (count > 7) return p;
  const value = gap < 0 ? groups : [...groups.slice(0, gap), ...new Array<number>(8 - count).fill(0), ...groups.slice(gap)];
  // x[::2] is a slice.
  if (text.charCodeAt(start - 1) === 0x5b && count < 3 && /[\w)\]]/.test(text.charAt(start - 2))) return p;
  let score = 0.95;
  if (!selfProving(value, count, v4)) {
    score = value.every((v) => v === 0) ? 0.1 : count > 3 && /\d/.test(text.slice(start, p)) ? 0.75 : 0.3;
    if ((labelBefore(text, start, ADDRESS, sink.words) | (sink.field & ADDRESS)) !== 0) score += 0.35;
  }
  note(sink, 'ipv6');
  const zone = text.charCodeAt(p) === 0x25 ? (/^%[\w.~-]{1,32}/.exec(text.slice(p, p + 33))?.[0].length ?? 0) : 0;
  const end = p + zone + prefixLength(text, p + zone, 128);
  return accept(sink, candidate(DEVICE, 'ipv6', start, end, canonicalIpv6(value), score, rangeOf(value))) ? end : p;
}

const zeros = (value: readonly number[], from: number, to: number): boolean => value.slice(from, to).every((v) => v === 0);

/** In a range that is in use, or long enough that nothing else looks like it. */
function selfProving(value: readonly number[], written: number, v4: boolean): boolean {
  const first = value[0] as number;
  if (first === 0) return written > 5 || (v4 && written > 1) || (value[7] === 1 && zeros(value, 0, 7));
  return written > 5 || (written > 1 && ((first >= 0x2000 && first < 0x4000) || (first >= 0xfc00 && first !== 0xffff) || (first === 0x64 && value[1] === 0xff9b)));
}

function rangeOf(value: readonly number[]): string {
  const [first, second] = value as [number, number];
  if (zeros(value, 0, 7)) return value[7] === 1 ? 'loopback' : value[7] === 0 ? 'unspecified' : '';
  if ((first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000)) return 'documentation';
  if (first >= 0xff00) return 'multicast';
  if (first >= 0xfe80 && first < 0xfec0) return 'link-local';
  if (first >= 0xfc00 && first < 0xfe00) return 'private';
  return mapped(value) ? rangeOfIpv4(tail(value)) : '';
}

const mapped = (value: readonly number[]): boolean => value[5] === 0xffff && zeros(value, 0, 5);
const tail = (value: readonly number[]): number => (value[6] as number) * 65_536 + (value[7] as number);

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first of equals; v4-mapped with a dotted tail. */
export function canonicalIpv6(value: readonly number[]): string {
  if (mapped(value)) return `::ffff:${dotted(tail(value))}`;
  let best = 0;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (value[j] === 0) j++;
    if (j - i > length) [best, length] = [i, j - i];
    i = Math.max(i, j);
  }
  const hex = value.map((v) => v.toString(16));
  return length < 2 ? hex.join(':') : `${hex.slice(0, best).join(':')}::${hex.slice(best + length).join(':')}`;
}
