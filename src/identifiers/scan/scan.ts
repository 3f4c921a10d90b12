import { ipv4At } from '../device/ipv4.js';
import { colonsAt } from '../device/ipv6.js';
import { carrierHeader, hyphenatedImei, labelledAt, uuidAt, worthLook } from '../device/labelled.js';
import { dottedMac, hyphenMac } from '../device/mac.js';
import type { Carriers } from '../mail/carriers.js';
import { mailAt } from '../mail/mail.js';
import { spelledAt, spelledMark } from '../mail/obfuscated.js';
import type { Groups } from '../phone/groups.js';
import { phoneAt, type PhonePlan } from '../phone/number.js';
import type { Sink } from './sink.js';
import { AT, COLON, DIGIT, DOT, HYPHEN, KANJI_ZERO, kanjiDigit, unitClasses } from './units.js';

/** What a scan needs to know; made once per options object. */
export interface Plan extends PhonePlan {
  readonly carriers: Carriers;
  readonly groups: Groups;
}

/**
 * Reads `text` from `from`, stops at anchors at or beyond `to`, and returns where to go on.
 *
 * One pass: units of class 0 are skipped; at every other unit a verifier looks a bounded way back and ahead and says
 * where to go on. Nothing that was decided is looked at again, so the time is linear in the text.
 */
export function scan(text: string, from: number, to: number, plan: Plan, sink: Sink): number {
  const classes = unitClasses();
  let i = from;
  // The next English "at" between spaces: the one obfuscation without a rare character. Each is searched for once.
  let lower = indexOrEnd(text, ' at ', i);
  let upper = indexOrEnd(text, ' AT ', i);
  for (;;) {
    const wordAt = lower < upper ? lower : upper;
    const stop = wordAt < to ? wordAt : to;
    while (i < stop) {
      const cls = classes[text.charCodeAt(i)] as number;
      if (cls === 0) {
        i++;
        continue;
      }
      if (cls >= DIGIT) {
        let j = i + 1;
        while (j < text.length && (classes[text.charCodeAt(j)] as number) >= DIGIT) j++;
        i = digitsAt(text, i, j, cls - DIGIT, plan, sink);
        continue;
      }
      const next = anchorAt(text, i, cls, plan, sink);
      i = next > i ? next : i + 1;
    }
    if (wordAt >= to) return i;
    if (i <= wordAt) i = spelledAt(text, wordAt, wordAt + 3, true, plan.carriers, sink) || wordAt + 1;
    if (lower < i) lower = indexOrEnd(text, ' at ', i);
    if (upper < i) upper = indexOrEnd(text, ' AT ', i);
  }
}

function indexOrEnd(text: string, word: string, from: number): number {
  const at = text.indexOf(word, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** The verifier of an anchor other than a digit. Returns where to go on. */
function anchorAt(text: string, at: number, cls: number, plan: Plan, sink: Sink): number {
  switch (cls) {
    case AT:
      return mailAt(text, at, plan.carriers, sink);
    case COLON:
      return colonsAt(text, at, sink);
    case DOT:
      return dottedMac(text, at, sink);
    case HYPHEN:
      return uuidAt(text, at, sink) || carrierHeader(text, at, sink) || hyphenMac(text, at, sink);
    case KANJI_ZERO:
      return at > 0 && kanjiDigit(text.charCodeAt(at - 1)) >= 0 ? 0 : phoneAt(text, at, true, plan, plan.groups, sink);
    default:
      return spelledMark(text, at, plan.carriers, sink);
  }
}

/** A run of digits from `from` to `to`, the first of value `first`. */
function digitsAt(text: string, from: number, to: number, first: number, plan: Plan, sink: Sink): number {
  const size = to - from;
  const next = to < text.length ? text.charCodeAt(to) : 0;
  if (size <= 3 && (next === 0x2e || next === 0xff0e)) {
    const end = ipv4At(text, from, sink);
    if (end !== 0) return end;
  }
  if (worthLook(text, from, to)) {
    const end = labelledAt(text, from, to, sink);
    if (end !== 0) return end;
  } else if (size === 2 && (next === 0x2d || next === 0x20)) {
    const end = hyphenatedImei(text, from, sink);
    if (end !== 0) return end;
    // Five pairs of a MAC address may be digits that some region has assigned.
    if (next === 0x2d) {
      const mac = hyphenMac(text, to, sink);
      if (mac > to + 1) return mac;
    }
  }
  if (first !== 0 && plan.national === undefined) {
    const before = from > 0 ? text.charCodeAt(from - 1) : 0;
    const plus = before === 0x2b || before === 0xff0b || before === 0x42 || before === 0x62;
    if (!plus && (first !== 8 || (size !== 2 && size < 11))) return to;
  }
  return phoneAt(text, from, false, plan, plan.groups, sink) || to;
}
