import { colonsAt } from '../device/ipv6.js';
import type { Plan } from './scan.js';
import type { Sink } from './sink.js';
import { hexDigit } from './units.js';

/** Colons: three close together, or two in a row, may belong to an IPv6 address or a MAC address. */
export function colonPass(text: string, { quad }: Plan, sink: Sink): void {
  for (let at = text.indexOf(':'), next = 0; at >= 0; at = text.indexOf(':', next > at ? next : at + 1)) {
    let p = at + 1;
    if (text.charCodeAt(p) !== 0x3a) {
      while (p - at < 5 && hexDigit(text.charCodeAt(p)) >= 0) p++;
      if (text.charCodeAt(p) !== 0x3a) continue;
      const second = p++;
      if (text.charCodeAt(p) !== 0x3a) {
        while (p - second < 5 && hexDigit(text.charCodeAt(p)) >= 0) p++;
        if (text.charCodeAt(p) !== 0x3a) {
          next = second + 1; // 12:34:56
          continue;
        }
      }
    }
    next = colonsAt(text, at, quad, sink);
  }
}
