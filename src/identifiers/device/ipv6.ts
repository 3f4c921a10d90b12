import { labelBefore } from '../context/labels.js';
import { ADDRESS } from '../context/words.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { hexDigit, isWord } from '../scan/units.js';
import { dotted, prefixLength, type Quad, rangeOfIpv4, readIpv4 } from './ipv4.js';
import { macBetween } from './mac.js';

/**
 * An IPv6 address, or a MAC address written with colons, whose first colon stands at `colon`.
 * Returns where to go on: past what was read, so that no part of it is looked at twice; 0 when there is none.
 */
export function colonsAt(text: string, colon: number, quad: Quad, sink: Sink): number {
  let start = colon;
  while (start > 0 && colon - start < 5 && hexDigit(text.charCodeAt(start - 1)) >= 0) start--;
  // "node:fe80::1", "12345:…": this colon ends a label; what follows is looked at from its own first colon.
  const before = start > 0 ? text.charCodeAt(start - 1) : 0;
  if (colon - start > 4 || isWord(before) || (before === 0x3a && !/[g-z_]\w{0,19}:$/i.test(text.slice(Math.max(0, start - 20), start))) || before === 0x2e || (start === colon && text.charCodeAt(colon + 1) !== 0x3a)) return 0;
  // A fifth digit in a group is a port, or nothing of an address: the group is left out.
  const token = /^(?:[\da-f]{0,4}:){1,8}(?:(?:\d{1,3}\.){3}\d{1,3}|[\da-f]{1,4}(?![\da-f])|(?<=::))/i.exec(text.slice(start, start + 50))?.[0];
  if (token === undefined) return 0;
  let end = start + token.length;
  const [head = '', tail, more] = token.split('::');
  if (more !== undefined || token.includes(':::') || isWord(text.charCodeAt(end))) return end;
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const v4 = token.includes('.');
  if (v4) {
    if (!readIpv4(text, end - (token.split(':').pop() as string).length, quad)) return end;
    (tail === undefined ? left : right).splice(-1, 1, (quad.value >>> 16).toString(16), (quad.value & 0xffff).toString(16));
  }
  if (tail === undefined && left.length === 9) {
    left.pop(); // eight groups and a port
    end = text.lastIndexOf(':', end - 1);
  }
  const count = left.length + right.length;
  if (tail === undefined) {
    const pairs = left.every((g) => g.length === 2);
    if (pairs && (count === 6 || (count === 8 && /ff:fe/i.test(token)))) return macBetween(text, start, end, sink);
    // "add:00:1a:…": a word of hexadecimal letters before the address.
    if (count === 7 && !/\d/.test(left[0] as string) && left.slice(1).every((g) => g.length === 2)) return macBetween(text, end - 17, end, sink) || end;
  }
  if (tail === undefined ? count !== 8 : count > 7) return end;
  const value = [...left, ...new Array<string>(8 - count).fill('0'), ...right].map((g) => Number.parseInt(g, 16));
  // x[::2] is a slice.
  if (before === 0x5b && count < 3 && /[\w)\]]/.test(text.charAt(start - 2))) return end;
  let score = 0.95;
  if (!selfProving(value, count, v4)) {
    score = value.every((v) => v === 0) ? 0.1 : count > 3 && /\d/.test(token) ? 0.75 : 0.3;
    if ((labelBefore(text, start, ADDRESS, sink.words) | (sink.field & ADDRESS)) !== 0) score += 0.35;
  }
  note(sink, 'ipv6');
  const zone = end + (/^%[\w.~-]{1,32}/.exec(text.slice(end, end + 33))?.[0].length ?? 0);
  const last = zone + prefixLength(text, zone, 128);
  return accept(sink, candidate(DEVICE, 'ipv6', start, last, canonicalIpv6(value), score, rangeOf(value))) ? last : end;
}

const zeros = (value: readonly number[], to: number): boolean => value.slice(0, to).every((v) => v === 0);

/** In a range that is in use, or long enough that nothing else looks like it. */
function selfProving(value: readonly number[], written: number, v4: boolean): boolean {
  const first = value[0] as number;
  if (written > 5) return true;
  if (first === 0) return (v4 && written > 1) || (value[7] === 1 && zeros(value, 7));
  return written > 1 && ((first >= 0x2000 && first < 0x4000) || (first >= 0xfc00 && first !== 0xffff) || (first === 0x64 && value[1] === 0xff9b));
}

function rangeOf(value: readonly number[]): string {
  const [first, second] = value as [number, number];
  if (zeros(value, 7)) return value[7] === 1 ? 'loopback' : value[7] === 0 ? 'unspecified' : '';
  if ((first === 0x2001 && second === 0xdb8) || (first === 0x3fff && second < 0x1000)) return 'documentation';
  if (first >= 0xff00) return 'multicast';
  if (first >> 6 === 0x3fa) return 'link-local';
  if (first >> 9 === 0x7e) return 'private';
  return mapped(value) ? rangeOfIpv4(tailOf(value)) : '';
}

const mapped = (value: readonly number[]): boolean => value[5] === 0xffff && zeros(value, 5);
const tailOf = (value: readonly number[]): number => (value[6] as number) * 65_536 + (value[7] as number);

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first of equals; v4-mapped with a dotted tail. */
export function canonicalIpv6(value: readonly number[]): string {
  if (mapped(value)) return `::ffff:${dotted(tailOf(value))}`;
  const hex = value.map((v) => v.toString(16)).join(':');
  let longest = '';
  for (const [run] of hex.matchAll(/\b0(?::0)+\b/g)) if (run.length > longest.length) longest = run;
  return longest === '' ? hex : hex.replace(new RegExp(`(?:^|:)\\b${longest}\\b(?::|$)`), '::');
}
