import { labelBefore } from '../context/labels.js';
import { ADDRESS, MAC } from '../context/words.js';
import { hexDigit, isWord } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';
import { flagsOf as flagsOfIpv4, type Quad, readIpv4 } from './ipv4.js';
import { macFromGroups } from './mac.js';

const quad: Quad = { end: 0, value: 0, leadingZero: false };

/**
 * An IPv6 address, or a MAC address written with colons, whose first colon stands at `colon`.
 * Returns where to go on: past the whole token, so that no part of it is looked at twice.
 */
export function colonsAt(text: string, colon: number, sink: Sink): number {
  const next = colon + 1 < text.length ? text.charCodeAt(colon + 1) : 0;
  if (next !== 0x3a && hexDigit(next) < 0) return colon + 1;
  let start = colon;
  while (start > 0 && colon - start < 5 && hexDigit(text.charCodeAt(start - 1)) >= 0) start--;
  const before = start > 0 ? text.charCodeAt(start - 1) : 0;
  const size = colon - start;
  if (size === 0 && next !== 0x3a) return colon + 1;
  // "node:fe80::1", "12345:…": this colon ends a label; what follows is looked at from its own first colon.
  if (size > 4 || (size > 0 && isWord(before))) return colon + 1;
  if (size === 0 && (isWord(before) || before === 0x3a)) return colon + 1;

  const groups: number[] = [];
  let gap = -1;
  let p = start;
  let pairs = true;
  let v4 = false;
  if (size === 0) p = colon;
  for (;;) {
    let value = 0;
    const at = p;
    while (p < text.length && p - at < 5) {
      const h = hexDigit(text.charCodeAt(p));
      if (h < 0) break;
      value = value * 16 + h;
      p++;
    }
    const digits = p - at;
    if (digits > 4) {
      p = at - 1; // a port or something longer: the address ends before its colon
      break;
    }
    if (digits > 0) {
      if (groups.length >= 6 || gap >= 0) {
        if (text.charCodeAt(p) === 0x2e && groups.length <= 6 && readIpv4(text, at, quad)) {
          groups.push((quad.value >>> 16) & 0xffff, quad.value & 0xffff);
          p = quad.end;
          v4 = true;
          break;
        }
      }
      groups.push(value);
      if (digits !== 2) pairs = false;
    }
    if (text.charCodeAt(p) !== 0x3a || groups.length > 8) break;
    const after = p + 1 < text.length ? text.charCodeAt(p + 1) : 0;
    if (after === 0x3a) {
      if (gap >= 0) return p + 1; // two gaps
      gap = groups.length;
      pairs = false;
      p += 2;
      if (p < text.length && text.charCodeAt(p) === 0x3a) return p;
      if (p >= text.length || hexDigit(text.charCodeAt(p)) < 0) break;
    } else if (hexDigit(after) >= 0) p++;
    else break;
  }
  if (p < text.length && isWord(text.charCodeAt(p))) return p;
  if (gap < 0 && pairs && (groups.length === 6 || groups.length === 7)) return macFromGroups(text, start, p, groups, 0x3a, sink);
  if (gap < 0 && groups.length === 9) {
    // eight groups and a port
    p = text.lastIndexOf(':', p - 1);
    groups.pop();
  }
  if (gap < 0 ? groups.length !== 8 : groups.length > 7) return p;
  if (gap < 0 && pairs && (groups[3] === 0xff && groups[4] === 0xfe)) return macFromGroups(text, start, p, groups, 0x3a, sink);
  const value = gap < 0 ? groups : [...groups.slice(0, gap), ...new Array<number>(8 - groups.length).fill(0), ...groups.slice(gap)];
  return accepted(text, start, p, value, groups.length, v4, sink);
}

function accepted(text: string, start: number, end: number, value: readonly number[], written: number, v4: boolean, sink: Sink): number {
  if (text.charCodeAt(start - 1) === 0x5b && start > 1 && /[\w)\]]/.test(text.charAt(start - 2)) && written < 3) return end; // x[::2], a slice
  let score = 0.95;
  if (!selfProving(value, written, v4)) {
    score = value.every((v) => v === 0) ? 0.1 : written >= 4 && /\d/.test(text.slice(start, end)) ? 0.75 : 0.3;
    const label = labelBefore(text, start, ADDRESS | MAC, sink.words) || (sink.field & ADDRESS);
    if (label !== 0) score += 0.35;
  }
  const rest = /^(?:%[\w.~-]{1,32})?(?:\/(?:12[0-8]|1[01]\d|[1-9]?\d)(?![\w/]))?/.exec(text.slice(end, end + 40));
  const zone = rest?.[0] ?? '';
  note(sink, 'ipv6');
  const spanEnd = end + zone.length;
  const found = accept(sink, { class: 'device-address', kind: 'ipv6', start, end: spanEnd, canonical: canonicalIpv6(value), score: Math.min(0.98, score), flags: flagsOf(value) });
  return found ? spanEnd : end;
}

/** In a range that is in use, or long enough that nothing else looks like it. */
function selfProving(value: readonly number[], written: number, v4: boolean): boolean {
  const first = value[0] as number;
  if (v4 && first === 0) return true;
  if (first >= 0x2000 && first < 0x4000) return written >= 2;
  if (first >= 0xfc00) return written >= 2 && first !== 0xffff;
  if (first === 0x64 && value[1] === 0xff9b) return true;
  if (written >= 6) return true;
  return value[7] === 1 && value.every((v, i) => i === 7 || v === 0);
}

function flagsOf(value: readonly number[]): readonly IdentifierFlag[] {
  const first = value[0] as number;
  if (value.every((v, i) => v === 0 || i === 7)) return value[7] === 1 ? ['loopback'] : value[7] === 0 ? ['unspecified'] : NO_FLAGS;
  if (first === 0x2001 && value[1] === 0xdb8) return ['documentation'];
  if (first === 0x3fff && (value[1] as number) < 0x1000) return ['documentation'];
  if ((first & 0xfe00) === 0xfc00) return ['private'];
  if ((first & 0xffc0) === 0xfe80) return ['link-local'];
  if (first >= 0xff00) return ['multicast'];
  if (mapped(value)) return flagsOfIpv4((value[6] as number) * 65_536 + (value[7] as number), false);
  return NO_FLAGS;
}

function mapped(value: readonly number[]): boolean {
  return value[5] === 0xffff && value.every((v, i) => i >= 5 || v === 0);
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first of equals; v4-mapped with a dotted tail. */
export function canonicalIpv6(value: readonly number[]): string {
  if (mapped(value)) {
    const [a, b] = [value[6] as number, value[7] as number];
    return `::ffff:${a >> 8}.${a & 255}.${b >> 8}.${b & 255}`;
  }
  let best = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let j = i;
    while (j < 8 && value[j] === 0) j++;
    if (j - i > length) [best, length] = [i, j - i];
    if (j > i) i = j;
  }
  const hex = value.map((v) => v.toString(16));
  if (best < 0) return hex.join(':');
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + length).join(':')}`;
}
