import { ipv4At, type Quad } from '../device/ipv4.js';
import { colonsAt } from '../device/ipv6.js';
import { carrierHeader, hyphenatedImei, LONGEST_TOKEN, tokenAt, uuidAt } from '../device/labelled.js';
import { dottedMac, hyphenMac } from '../device/mac.js';
import type { Carriers } from '../mail/carriers.js';
import { mailAt } from '../mail/mail.js';
import { spelledAt, spelledMark } from '../mail/obfuscated.js';
import { type Groups, separator } from '../phone/groups.js';
import { phoneAt, type PhonePlan } from '../phone/number.js';
import type { Sink } from './sink.js';
import { AMPERSAND, AT, BRACKET, COLON, DIGIT, DOT, hexDigit, HYPHEN, isWord, KANJI_ZERO, kanjiDigit, PERCENT, unitClasses } from './units.js';

/** What a scan needs to know; made once per options object. */
export interface Plan extends PhonePlan {
  readonly carriers: Carriers;
  readonly groups: Groups;
  readonly quad: Quad;
}

/**
 * Reads `text` from its start to its end.
 *
 * One pass: units of class 0 are skipped; at every other unit a verifier looks a bounded way back and ahead and says
 * where to go on. Nothing that was decided is looked at again, so the time is linear in the text.
 */
export function scan(text: string, plan: Plan, sink: Sink): void {
  const classes = unitClasses();
  const { length } = text;
  // The English "at" between spaces is the one obfuscation without a rare character. Each is searched for once.
  let lower = indexOrEnd(text, ' at ', 0);
  let upper = indexOrEnd(text, ' AT ', 0);
  for (let i = 0; ; ) {
    const wordAt = lower < upper ? lower : upper;
    while (i < wordAt) {
      const cls = classes[text.charCodeAt(i)] as number;
      if (cls === 0) {
        i++;
        continue;
      }
      let next: number;
      if (cls < DIGIT) next = anchorAt(text, i, cls, plan, sink);
      else {
        let end = i + 1;
        while (end < length && (classes[text.charCodeAt(end)] as number) >= DIGIT) end++;
        next = digitsAt(text, i, end, cls - DIGIT, plan, sink);
        if (next < end) next = end;
      }
      i = next > i ? next : i + 1;
    }
    if (wordAt >= length) return;
    if (i <= wordAt) i = spelledAt(text, wordAt, wordAt + 3, true, plan.carriers, sink) || wordAt + 1;
    if (lower < i) lower = indexOrEnd(text, ' at ', i);
    if (upper < i) upper = indexOrEnd(text, ' AT ', i);
  }
}

function indexOrEnd(text: string, word: string, from: number): number {
  const at = text.indexOf(word, from);
  return at < 0 ? text.length : at;
}

/** The verifier of an anchor other than a digit, after a look at the one unit that tells most. Returns where to go on, or 0. */
function anchorAt(text: string, at: number, cls: number, plan: Plan, sink: Sink): number {
  const next = text.charCodeAt(at + 1);
  switch (cls) {
    case HYPHEN:
      if (text.charCodeAt(at + 3) === 0x2d) return hyphenMac(text, at, sink);
      if (text.charCodeAt(at + 5) === 0x2d) return uuidAt(text, at, sink);
      return (text.charCodeAt(at - 1) | 0x20) === 0x78 ? carrierHeader(text, at, sink) : 0;
    case DOT:
      return text.charCodeAt(at + 5) === 0x2e ? dottedMac(text, at, sink) : 0;
    case COLON:
      return next === 0x3a || hexDigit(next) >= 0 ? colonsAt(text, at, plan.quad, sink) : 0;
    case AT:
      return mailAt(text, at, plan.carriers, sink);
    case KANJI_ZERO:
      return at > 0 && kanjiDigit(text.charCodeAt(at - 1)) >= 0 ? 0 : phoneAt(text, at, true, plan, plan.groups, sink);
    case BRACKET:
      return ((next | 0x20) === 0x61 || next === 0x20 || next === 0x40 || next > 0x3000) ? spelledMark(text, at, plan.carriers, sink) : 0;
    case PERCENT:
      return next === 0x34 ? spelledMark(text, at, plan.carriers, sink) : 0;
    case AMPERSAND:
      return next === 0x23 || next === 0x63 ? spelledMark(text, at, plan.carriers, sink) : 0;
    default:
      return spelledMark(text, at, plan.carriers, sink);
  }
}

/** A run of digits from `from` to `to`, the first of value `first`. Returns where to go on, or 0. */
function digitsAt(text: string, from: number, to: number, first: number, plan: Plan, sink: Sink): number {
  const size = to - from;
  const before = from > 0 ? text.charCodeAt(from - 1) : 0;
  const next = to < text.length ? text.charCodeAt(to) : 0;
  let start = from;
  let end = to;
  if (isWord(before) || isWord(next)) {
    while (start > 0 && from - start < LONGEST_TOKEN && isWord(text.charCodeAt(start - 1))) start--;
    while (end < text.length && end - from < LONGEST_TOKEN && isWord(text.charCodeAt(end))) end++;
  }
  if (end - start > 11) {
    const found = tokenAt(text, start, end, sink);
    if (found !== 0) return found;
  }
  if (size < 4) {
    if (next === 0x2e || next === 0xff0e) {
      const found = ipv4At(text, from, plan.quad, sink);
      if (found !== 0) return found;
    }
    if (size === 2 && next === text.charCodeAt(to + 7)) {
      const found = hyphenatedImei(text, from, sink);
      if (found !== 0) return found;
    }
    // Five pairs of a MAC address may be digits that some region has assigned.
    if (size === 2 && next === 0x2d && text.charCodeAt(to + 3) === 0x2d) {
      const found = hyphenMac(text, to, sink);
      if (found !== 0) return found;
    }
  }
  const plus = before === 0x2b || before === 0xff0b || (before | 0x20) === 0x62;
  if (!plus) {
    // In the middle of 2026-09-02, 1.015, 1,024.
    if ((before === 0x2d || before === 0x2e || before === 0x2c) && isDigitAt(text, from - 2)) return 0;
    if (plan.national === undefined) {
      // A Japanese number begins with 0 (or 81), and either ends here or goes on after a separator.
      if (first !== 0 ? first !== 8 || (size !== 2 && size < 11) : size < 2 || (size < 10 && separator(next) === 0)) return start < from ? 0 : end;
    }
  }
  return phoneAt(text, from, false, plan, plan.groups, sink);
}

function isDigitAt(text: string, at: number): boolean {
  return at >= 0 && (unitClasses()[text.charCodeAt(at)] as number) >= DIGIT;
}
