import { ipv4At } from '../device/ipv4.js';
import { phoneAt } from '../phone/number.js';
import type { Plan } from './scan.js';
import type { Sink } from './sink.js';
import { isDigit } from './units.js';

const SEPARATORS = '-./ ()_~·\u00a0\u00ad\u2010-\u2015\u2212\u3000\u3014\u301c\u30fb\u30fc\ufe63\uff08-\uff0f\uff5e\uff65\uff70';
/** From the last digit of a first octet to the first digit of the last. */
const QUAD = '\\d\\.\\d{1,3}\\.\\d{1,3}\\.\\d';
/**
 * Japan: a 0 that no digit leads up to (2026-09-02, 1.015, 12:03), in a run of ten digits and more, or in a short one with
 * a separator and something that may go on a number behind it.
 */
const JAPANESE: RegExp = /* @__PURE__ */ new RegExp(`(?<!\\d)0(?<!\\d[.,:-].)\\d(?:\\d{0,3}[${SEPARATORS}][\\d( \\u3000\\uff08０-９]|\\d{8})|${QUAD}`, 'g');
/** Any region: the first digit of six with short gaps between them. */
const ANY: RegExp = /* @__PURE__ */ new RegExp(`(?<![\\d０-９])[\\d０-９](?<![\\d０-９][.,-].)(?=(?:[${SEPARATORS}]{0,3}[\\d０-９]){5})`, 'g');
const ADDRESS: RegExp = /* @__PURE__ */ new RegExp(QUAD, 'g');

/** Telephone numbers and IPv4 addresses: what begins with a digit. */
export function numberPass(text: string, plan: Plan, sink: Sink): void {
  if (plan.national !== undefined) {
    ANY.lastIndex = 0;
    while (ANY.test(text)) ANY.lastIndex = phoneAt(text, ANY.lastIndex - 1, false, plan, sink) || ANY.lastIndex;
  }
  const pattern = plan.national === undefined ? JAPANESE : ADDRESS;
  pattern.lastIndex = 0;
  while (pattern.test(text)) {
    // One unit back: what ended this match may begin the next.
    pattern.lastIndex = digitsBefore(text, pattern.lastIndex - 1, plan, sink) || pattern.lastIndex - 1;
  }
}

/** What a match of {@link JAPANESE} or {@link ADDRESS} that ends with the unit `last` may be. Returns where to go on, or 0. */
function digitsBefore(text: string, last: number, plan: Plan, sink: Sink): number {
  let p = last;
  let dots = 0;
  for (; dots < 3 && text.charCodeAt(p - 1) === 0x2e; dots++) {
    p--;
    while (isDigit(text.charCodeAt(p - 1))) p--;
  }
  const end = dots === 3 ? ipv4At(text, p, plan.quad, sink) : 0;
  if (end !== 0 || plan.national !== undefined) return end;
  p = isDigit(text.charCodeAt(last)) && isDigit(text.charCodeAt(last - 1)) ? last : last - 2;
  while (isDigit(text.charCodeAt(p - 1))) p--;
  return text.charCodeAt(p) === 0x30 ? phoneAt(text, p, false, plan, sink) : 0;
}
