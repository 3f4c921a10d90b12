import { phoneAt } from '../phone/number.js';
import type { Sink } from './sink.js';
import { isDigit, kanjiDigit, unitAt } from './units.js';

/** What may stand between the groups of a number, for a set of a pattern. */
export const SEPARATORS = '-./ ()_~·\u00a0\u00ad\u2000-\u2015\u202f\u2500\u2501\u2212\u3000\u3014\u301c\u30fb\u30fc\ufe63\uff08-\uff0f\uff5e\uff65\uff70\u202a-\u202e\u2060-\u2069\ufeff';
/**
 * Japan: a 0 that begins a run of ten digits and more, or a short one with a separator behind it and a second group that
 * is long or goes on to a third; but not a month after a year (2026-09-02). Or a kanji zero with a kanji digit behind it: the two are
 * one pattern because Japanese text is searched once for both.
 */
const JAPANESE: RegExp = /* @__PURE__ */ new RegExp(`(?<!\\d)0(?<!(?:19|20)\\d\\d[-/.].)\\d(?:\\d{0,3}[${SEPARATORS}][${SEPARATORS}\\n]{0,2}[\\d０-９](?=[\\d０-９]{0,3}[${SEPARATORS}]|[\\d０-９]{4})|\\d{8})|[〇零○◯][〇零○◯一二三四五六七八九]`, 'g');
/**
 * Telephone numbers that begin with a digit. Every place where one can begin is looked at, whatever was found before it:
 * what is found depends on its neighbourhood alone.
 */
export function numberPass(text: string, sink: Sink): void {
  const world = sink.national !== undefined;
  const pattern = sink.national?.pattern ?? JAPANESE;
  pattern.lastIndex = 0;
  while (pattern.test(text)) {
    const last = pattern.lastIndex - 1;
    const unit = unitAt(text, last);
    if (unit > 0x2500 && unit < 0xff00 && kanjiDigit(unit) >= 0) kanjiNumber(text, world ? last : last - 1, sink);
    else if (world) phoneAt(text, last, false, sink);
    else {
      // The last digit stands in the same run, or behind separators.
      let p = last;
      while (!isDigit(unitAt(text, p - 1))) p--;
      while (p > 0 && isDigit(unitAt(text, p - 1))) p--;
      phoneAt(text, p, false, sink);
    }
    // One unit back: what ended this match may begin the next.
    if (!world) pattern.lastIndex = last;
  }
}

function kanjiNumber(text: string, at: number, sink: Sink): void {
  if (kanjiDigit(unitAt(text, at - 1)) < 0) phoneAt(text, at, true, sink);
}
