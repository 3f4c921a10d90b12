import { ipv4At } from '../device/ipv4.js';
import type { Sink } from './sink.js';
import { isDigit, unitAt } from './units.js';

/** Two dots that an octet has room between, and a digit behind each: from the first of them an IPv4 address is read. */
export function dotPass(text: string, sink: Sink): void {
  for (let at = text.indexOf('.'), before = -9; at >= 0; ) {
    let next = 0;
    if (at - before < 5 && isDigit(unitAt(text, at + 1)) && isDigit(unitAt(text, before + 1))) {
      let start = before;
      while (start > before - 4 && isDigit(unitAt(text, start - 1))) start--;
      if (start < before) next = ipv4At(text, start, sink);
    }
    before = next > at ? -9 : at;
    at = text.indexOf('.', next > at ? next : at + 1);
  }
}
