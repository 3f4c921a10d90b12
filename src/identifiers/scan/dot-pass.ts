import { ipv4At } from '../device/ipv4.js';
import type { Sink } from './sink.js';
import { isDigit, unitAt } from './units.js';

/** Dots between digits: the first of three may belong to an IPv4 address. */
export function dotPass(text: string, sink: Sink): void {
  for (let at = text.indexOf('.', 1), next = 0; at >= 0; at = text.indexOf('.', next > at ? next : at + 1)) {
    if (!isDigit(unitAt(text, at + 1)) || !isDigit(unitAt(text, at - 1))) continue;
    let p = at + 2;
    while (p < at + 4 && isDigit(unitAt(text, p))) p++;
    if (unitAt(text, p) !== 0x2e || !isDigit(unitAt(text, p + 1))) continue;
    let start = at - 1;
    while (start > at - 4 && start > 0 && isDigit(unitAt(text, start - 1))) start--;
    next = ipv4At(text, start, sink);
  }
}
