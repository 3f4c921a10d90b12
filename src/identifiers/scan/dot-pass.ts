import { ipv4At } from '../device/ipv4.js';
import type { Sink } from './sink.js';
import { isDigit } from './units.js';

/** Dots between digits: the first of three may belong to an IPv4 address. */
export function dotPass(text: string, sink: Sink): void {
  for (let at = text.indexOf('.'), next = 0; at >= 0; at = text.indexOf('.', next > at ? next : at + 1)) {
    if (!isDigit(text.charCodeAt(at + 1)) || !isDigit(text.charCodeAt(at - 1))) continue;
    let p = at + 2;
    while (p < at + 4 && isDigit(text.charCodeAt(p))) p++;
    if (text.charCodeAt(p) !== 0x2e || !isDigit(text.charCodeAt(p + 1))) continue;
    let start = at - 1;
    while (start > at - 4 && isDigit(text.charCodeAt(start - 1))) start--;
    next = ipv4At(text, start, sink);
  }
}
