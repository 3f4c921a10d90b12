import { labelBefore } from '../context/labels.js';
import { MAC } from '../context/words.js';
import { hexDigit, isWord } from '../scan/units.js';
import { accept, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';

/** A MAC address out of the two-digit groups that were read between `start` and `end`. Returns where to go on. */
export function macFromGroups(text: string, start: number, end: number, groups: readonly number[], separator: number, sink: Sink): number {
  let bytes = groups;
  let from = start;
  // "add:00:1a:…": a label of hexadecimal letters is no part of it.
  if (groups.length === 7) {
    if (/\d/.test(text.slice(start, start + 2))) return end;
    bytes = groups.slice(1);
    from = start + 3;
  }
  const next = end < text.length ? text.charCodeAt(end) : 0;
  if (next === separator && end + 1 < text.length && hexDigit(text.charCodeAt(end + 1)) >= 0) return end;
  return acceptMac(text, from, end, bytes, false, sink);
}

/** Reports a MAC address unless it is all zeros or all ones. `labelled` says that a word already vouched for it. */
export function acceptMac(text: string, start: number, end: number, bytes: readonly number[], labelled: boolean, sink: Sink): number {
  if (bytes.every((b) => b === 0) || bytes.every((b) => b === 0xff)) return end;
  let score = 0.93;
  // 10:20:30:40:50:60 may be anything.
  if (!labelled && !/[a-f]/i.test(text.slice(start, end))) {
    score = 0.4;
    if (bytes[0] === 0 || !ascending(bytes)) score += 0.15;
    if ((labelBefore(text, start, MAC, sink.words) | (sink.field & MAC)) !== 0) score = 0.9;
  }
  note(sink, bytes.length === 6 ? 'mac:eui-48' : 'mac:eui-64');
  const canonical = bytes.map((b) => b.toString(16).padStart(2, '0')).join(':');
  accept(sink, { class: 'device-address', kind: 'mac', start, end, canonical, score, flags: flagsOf(bytes) });
  return end;
}

function ascending(bytes: readonly number[]): boolean {
  return bytes.every((b, i) => i === 0 || b > (bytes[i - 1] as number));
}

function flagsOf(bytes: readonly number[]): readonly IdentifierFlag[] {
  const flags: IdentifierFlag[] = [];
  const first = bytes[0] as number;
  if (first === 0 && bytes[1] === 0 && bytes[2] === 0x5e && bytes[3] === 0 && bytes[4] === 0x53) flags.push('documentation');
  if ((first & 2) !== 0) flags.push('locally-administered');
  if ((first & 1) !== 0) flags.push('multicast');
  return flags;
}

/** Six or eight pairs with hyphens, the first hyphen at `at`. Returns where to go on. */
export function hyphenMac(text: string, at: number, sink: Sink): number {
  if (text.charCodeAt(at + 3) !== 0x2d || at < 2) return at + 1;
  const bytes: number[] = [];
  let p = at - 2;
  if (p > 0 && (isWord(text.charCodeAt(p - 1)) || text.charCodeAt(p - 1) === 0x2d)) return at + 1;
  const start = p;
  for (;;) {
    const hi = hexDigit(text.charCodeAt(p));
    const lo = hexDigit(text.charCodeAt(p + 1));
    if (hi < 0 || lo < 0) return at + 1;
    bytes.push(hi * 16 + lo);
    p += 2;
    if (bytes.length === 8 || text.charCodeAt(p) !== 0x2d || hexDigit(text.charCodeAt(p + 1)) < 0) break;
    p++;
  }
  if ((bytes.length !== 6 && bytes.length !== 8) || isWord(text.charCodeAt(p)) || (text.charCodeAt(p) === 0x2d && isWord(text.charCodeAt(p + 1)))) return at + 1;
  return acceptMac(text, start, p, bytes, false, sink);
}

/** `xxxx.xxxx.xxxx`, the first dot at `at`. Returns where to go on. */
export function dottedMac(text: string, at: number, sink: Sink): number {
  if (text.charCodeAt(at + 5) !== 0x2e || at < 4) return at + 1;
  const start = at - 4;
  const end = at + 10;
  if (start > 0 && (isWord(text.charCodeAt(start - 1)) || text.charCodeAt(start - 1) === 0x2e)) return at + 1;
  if (end < text.length && (isWord(text.charCodeAt(end)) || (text.charCodeAt(end) === 0x2e && isWord(text.charCodeAt(end + 1))))) return at + 1;
  const bytes: number[] = [];
  for (let p = start; p < end; p += 5) {
    for (let q = p; q < p + 4; q += 2) {
      const hi = hexDigit(text.charCodeAt(q));
      const lo = hexDigit(text.charCodeAt(q + 1));
      if (hi < 0 || lo < 0) return at + 1;
      bytes.push(hi * 16 + lo);
    }
  }
  const token = text.slice(start, end);
  // aabb.ccdd.eeff without a digit or a word could be three words.
  if (!/\d/.test(token) && (labelBefore(text, start, MAC, sink.words) | (sink.field & MAC)) === 0) return at + 1;
  return acceptMac(text, start, end, bytes, false, sink);
}
