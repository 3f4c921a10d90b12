import { colonsAt } from '../device/ipv6.js';
import type { Sink } from './sink.js';
import { tableOf } from './units.js';

/** 1 for hexadecimal digits, 2 for the colon. */
let table: Uint8Array | undefined;

/** Colons: three close together, or two in a row, may belong to an IPv6 address or a MAC address. */
export function colonPass(text: string, sink: Sink): void {
  const classes = (table ??= tableOf('0123456789abcdefABCDEF', ':'));
  // So near the end the look ahead would leave the text: there every colon is looked at.
  const tail = text.length - 12;
  for (let at = text.indexOf(':'), next = 0; at >= 0; at = text.indexOf(':', next > at ? next : at + 1)) {
    let p = at + 1;
    if (at < tail) {
      let cls: number;
      while ((cls = classes[text.charCodeAt(p)] as number) === 1 && p - at < 5) p++;
      if (cls !== 2) {
        next = p;
        continue;
      }
      const second = p++;
      if (second > at + 1 && classes[text.charCodeAt(p)] !== 2) {
        while ((cls = classes[text.charCodeAt(p)] as number) === 1 && p - second < 5) p++;
        if (cls !== 2) {
          next = second + 1; // 12:34:56
          continue;
        }
      }
    }
    next = colonsAt(text, at, sink);
  }
}
