import { labelBefore } from '../context/labels.js';
import { ADDRESS, OTHER_NUMBER, VERSION } from '../context/words.js';
import { fold, isDigit, isLetter, isWord } from '../scan/units.js';
import { accept, NO_FLAGS, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';

/** Four octets read by {@link readIpv4}; the last call's values. */
export interface Quad {
  end: number;
  value: number;
  leadingZero: boolean;
}

/** Reads a dotted quad that begins at `at`. False when there is none; ends are not checked. */
export function readIpv4(text: string, at: number, quad: Quad): boolean {
  let p = at;
  let value = 0;
  let leadingZero = false;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0) {
      if (p >= text.length || fold(text.charCodeAt(p)) !== 0x2e) return false;
      p++;
    }
    const start = p;
    let v = 0;
    for (; p < text.length && p - start < 3; p++) {
      const unit = fold(text.charCodeAt(p));
      if (!isDigit(unit)) break;
      v = v * 10 + unit - 48;
    }
    if (p === start || v > 255) return false;
    if (p - start > 1 && fold(text.charCodeAt(start)) === 0x30) leadingZero = true;
    value = value * 256 + v;
  }
  quad.end = p;
  quad.value = value;
  quad.leadingZero = leadingZero;
  return true;
}

const quad: Quad = { end: 0, value: 0, leadingZero: false };

/** An IPv4 address whose first digit stands at `at`, with a `/n` if there is one. Returns where to go on, 0 when it is none. */
export function ipv4At(text: string, at: number, sink: Sink): number {
  if (!readIpv4(text, at, quad)) return 0;
  const { value, leadingZero } = quad;
  let end = quad.end;
  const next = end < text.length ? fold(text.charCodeAt(end)) : 0;
  const after = end + 1 < text.length ? fold(text.charCodeAt(end + 1)) : 0;
  // 1.2.3.4.5 and 1.2.3.4444 are section numbers, object identifiers, versions.
  if (isDigit(next) || (next === 0x2e && isDigit(after))) return 0;
  let penalty = 0;
  if (at > 0) {
    const before = fold(text.charCodeAt(at - 1));
    const further = at > 1 ? fold(text.charCodeAt(at - 2)) : 0;
    if (isWord(before)) return 0;
    if ((before === 0x2e || before === 0x2d || before === 0x2c) && isDigit(further)) return 0;
    // name-1.2.3.4 and Chrome/1.2.3.4 are versions; //1.2.3.4 is a host.
    if (before === 0x2d && isLetter(further)) penalty = 0.5;
    if (before === 0x2f && isWord(further)) penalty = 0.4;
  }
  if (isWord(next) || (next === 0x2d && isLetter(after)) || (next === 0x2e && isLetter(after) && fold(text.charCodeAt(at - 1)) !== 0x2f)) penalty += 0.4;
  // "[1.128.1.0] - 2026-09-02": a heading of a change log.
  if (next === 0x5d && /^\] ?[-–—(] ?(?:19|20)\d\d/.test(text.slice(end, end + 8))) penalty += 0.5;
  let score = 0.9 - penalty;
  const flags = flagsOf(value, leadingZero);
  if (small(value)) score -= 0.45;
  const label = labelBefore(text, at, ADDRESS | VERSION | OTHER_NUMBER, sink.words) || (sink.field & (ADDRESS | VERSION));
  if ((label & ADDRESS) !== 0) score += 0.3;
  else if ((label & VERSION) !== 0) score -= 0.5;
  note(sink, `ipv4${label === 0 ? '' : (label & ADDRESS) !== 0 ? ':word:address' : ':word:version'}`);
  const digits = text.slice(at, end);
  const prefix = cidr(text, end);
  if (prefix > end) end = prefix;
  const canonical = leadingZero ? foldText(digits) : dotted(value);
  return accept(sink, { class: 'device-address', kind: 'ipv4', start: at, end, canonical, score: Math.max(0, Math.min(0.98, score)), flags }) ? end : 0;
}

/** End of a `/n` with n up to 32 after `at`, or `at`. */
function cidr(text: string, at: number): number {
  const m = /^\/(?:3[0-2]|[12]?\d)(?![\w/]|\.\d)/.exec(text.slice(at, at + 6));
  return m === null ? at : at + m[0].length;
}

/** No octet above 31 and not a well-known address: as likely a version as an address, a word has to decide. */
function small(value: number): boolean {
  if ((value & 0xe0e0e0e0) !== 0) return false;
  const first = value >>> 24;
  return !(first === 10 || first === 0 || value === 0x01010101 || value === 0x08080808 || value === 0x08080404 || value === 0x01000001);
}

export function flagsOf(value: number, leadingZero: boolean): readonly IdentifierFlag[] {
  const a = Math.floor(value / 2 ** 24);
  const b = (value >>> 16) & 255;
  const c = (value >>> 8) & 255;
  let flag: IdentifierFlag | undefined;
  if (a === 127) flag = 'loopback';
  else if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128)) flag = 'private';
  else if ((a === 192 && b === 0 && c === 2) || (a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113)) flag = 'documentation';
  else if (a === 169 && b === 254) flag = 'link-local';
  else if (a >= 224 && a < 240) flag = 'multicast';
  else if (value === 0) flag = 'unspecified';
  if (flag === undefined) return leadingZero ? ['leading-zero'] : NO_FLAGS;
  return leadingZero ? [flag, 'leading-zero'] : [flag];
}

export function dotted(value: number): string {
  return `${Math.floor(value / 2 ** 24)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function foldText(text: string): string {
  let s = '';
  for (let i = 0; i < text.length; i++) s += String.fromCharCode(fold(text.charCodeAt(i)));
  return s;
}
