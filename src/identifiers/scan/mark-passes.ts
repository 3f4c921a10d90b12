import { ipv4At } from '../device/ipv4.js';
import { carrierHeader } from '../device/labelled.js';
import { mailAt } from '../mail/mail.js';
import { CLOSING, OPENING, spelledAt, spelledMark } from '../mail/obfuscated.js';
import { phoneAt } from '../phone/number.js';
import type { Sink } from './sink.js';
import { digitValue, foldAt, isDigit, isLetter, unitAt, WIDE } from './units.js';

/** Calls `verify` at every place of a literal; it says where to go on, or 0 for the next unit. */
function eachPlace(text: string, literal: string, verify: (at: number) => number): void {
  for (let at = text.indexOf(literal); at >= 0; ) at = text.indexOf(literal, Math.max(verify(at), at + 1));
}

/** `at` is a word of its own, or stands between brackets: a space or a bracket before it … */
const opens = (unit: number): boolean => unit === 0x20 || OPENING.includes(String.fromCharCode(unit));
/** … and behind it. */
const closes = (unit: number): boolean => unit === 0x20 || (!isLetter(unit) && CLOSING.includes(String.fromCharCode(unit)));
/** What Japanese pages put for `@`, besides (a) and [a]. */
const MARKS = ['★', '☆', '◎', '●', '■', '◆', 'あっと', 'アット', 'ｱｯﾄ'];

/** `@`, and what is written in its place. */
export function markPass(text: string, sink: Sink): void {
  for (const sign of '@＠﹫') eachPlace(text, sign, (at) => mailAt(text, at, sink));
  // ( and [ share their byte with units of Japanese text, where an a is rare: there (a) is found by its letter.
  const [letter, marks] = WIDE.test(text) ? ['a', MARKS] : ['at', ['(a)', '[a]']];
  for (const word of [letter, 'A']) {
    eachPlace(text, word, (at) => {
      const next = unitAt(text, at + 1);
      if (word === 'a' && (next === 0x29 || next === 0x5d)) return spelledMark(text, at - 1, sink);
      return (next | 0x20) === 0x74 && closes(unitAt(text, at + 2)) && opens(unitAt(text, at - 1)) ? spelledAt(text, at, at + 2, true, sink) : 0;
    });
  }
  for (const mark of marks) eachPlace(text, mark, (at) => spelledMark(text, at, sink));
  eachPlace(text, '&', (at) => (unitAt(text, at + 1) === 0x23 || unitAt(text, at + 1) === 0x63 ? spelledMark(text, at, sink) : 0));
}

/** Signs that only few texts hold: the plus and its forms, full-width zeros and dots, carriers' headers. */
export function rarePass(text: string, sink: Sink): void {
  const number = (at: number): number => (digitValue(unitAt(text, at)) >= 0 ? phoneAt(text, at, false, sink) : 0);
  // No calling code begins with 0: +0900 is a time zone.
  const afterPlus = (at: number): number => unitAt(text, at + 1) === 0x30 ? 0 : number(foldAt(text, at + 1) === 0x28 ? at + 2 : at + 1);
  for (const plus of '+＋') eachPlace(text, plus, afterPlus);
  eachPlace(text, '\\u0040', (at) => spelledMark(text, at, sink));
  eachPlace(text, '%', (at) => {
    const next = unitAt(text, at + 1);
    if (next === 0x34) return spelledMark(text, at, sink);
    return next === 0x32 && (unitAt(text, at + 2) | 0x20) === 0x62 ? number(at + 3) : 0;
  });
  eachPlace(text, '０', (at) => (sink.national !== undefined || isDigit(foldAt(text, at - 1)) ? 0 : number(at)));
  eachPlace(text, '．', (at) => {
    let start = at;
    while (at - start < 4 && isDigit(foldAt(text, start - 1))) start--;
    return start < at ? ipv4At(text, start, sink) : 0;
  });
  for (const name of ['CMGUID', 'PHONE']) eachPlace(text, name, (at) => carrierHeader(text, at, sink));
}
