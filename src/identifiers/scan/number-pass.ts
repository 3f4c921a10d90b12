import { separator } from '../phone/groups.js';
import { phoneAt } from '../phone/number.js';
import type { Sink } from './sink.js';
import { foldAt, isDigit, isInvisible, kanjiDigit, unitAt, WIDE } from './units.js';

/** Japan, in other text: a plain search for 0 stops at half of all hiragana there, which share a byte with it. */
const ZERO = /(?<!\d)0\d|[〇零][〇零○◯一二三四五六七八九]/g;
/** Circles that stand for a kanji zero: in one pattern with the others they would slow down the search of all Japanese text. */
const CIRCLES = '○◯';

/**
 * Telephone numbers that begin with a digit. Every place where one can begin is looked at, whatever was found before it:
 * what is found depends on its neighbourhood alone.
 */
export function numberPass(text: string, sink: Sink): void {
  const { national } = sink;
  if (national === undefined) {
    if (!WIDE.test(text)) {
      for (let at = text.indexOf('0'); at >= 0; at = text.indexOf('0', at + 1)) if (beginsNumber(text, at)) phoneAt(text, at, false, sink);
      return;
    }
    for (const zero of CIRCLES) for (let at = text.indexOf(zero); at >= 0; at = text.indexOf(zero, at + 1)) if (kanjiDigit(unitAt(text, at + 1)) >= 0) kanjiNumber(text, at, sink);
  }
  const pattern = national?.pattern ?? ZERO;
  pattern.lastIndex = 0;
  while (pattern.test(text)) {
    const at = pattern.lastIndex - (national === undefined ? 2 : 1);
    const unit = unitAt(text, at);
    if (unit > 0x2500 && unit < 0xff00 && kanjiDigit(unit) >= 0) kanjiNumber(text, at, sink);
    else if (national !== undefined || beginsNumber(text, at)) phoneAt(text, at, false, sink);
    pattern.lastIndex = at + 1;
  }
}

/**
 * Japan: whether the 0 at `at` begins a run of ten digits and more, or a short one with a separator behind it and a second group that
 * is long or goes on to a third; but not a month after a year (2026-09-02). Most zeros of a log are told apart by the unit before and
 * the two behind them.
 */
function beginsNumber(text: string, at: number): boolean {
  const before = unitAt(text, at - 1);
  if (isDigit(before) || !isDigit(unitAt(text, at + 1))) return false;
  let p = at + 2;
  while (p - at < 10 && isDigit(unitAt(text, p))) p++;
  if (p - at < 10) {
    if (p - at > 5 || !separates(unitAt(text, p))) return false;
    const stop = ++p + 2;
    while (p < stop && (unitAt(text, p) === 0x0a || separates(unitAt(text, p)))) p++;
    const second = p;
    while (p - second < 5 && isDigit(foldAt(text, p))) p++;
    if (p === second || (p - second < 5 && !separates(unitAt(text, p)))) return false;
  }
  return !((before === 0x2d || before === 0x2e || before === 0x2f) && at > 4 && /^(?:19|20)\d\d/.test(text.slice(at - 5, at)));
}

function separates(unit: number): boolean {
  return separator(unit) !== 0 || isInvisible(unit);
}

function kanjiNumber(text: string, at: number, sink: Sink): void {
  if (kanjiDigit(unitAt(text, at - 1)) < 0) phoneAt(text, at, true, sink);
}
