import { says } from '../context/labels.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { hexDigit, isWord } from '../scan/units.js';

/** Whether a word near, or the field's name, says that this is a MAC address. */
export function saysMac(text: string, start: number, sink: Sink): boolean {
  return says(text, start, /mac(?![b-z])|ether|\beui|bssid|wi-?fi|wlan|hwaddr|hardware|physical|物理/i, sink);
}

/**
 * Six or eight pairs of hexadecimal digits between `start` and `end`, whatever stands between them. Returns `end`, or 0
 * when there is anything else. All zeros and all ones are no address of anything and are not reported.
 */
export function macBetween(text: string, start: number, end: number, sink: Sink): number {
  const token = text.slice(start, end).toLowerCase();
  const canonical = token.charCodeAt(2) === 0x3a ? token : (token.replace(/[.-]/g, '').match(/../g) ?? []).join(':');
  if (canonical.length !== 17 && canonical.length !== 23) return 0;
  let letters = 0;
  let digits = 0;
  let first = 0;
  let same = true;
  for (let i = 0; i < canonical.length; i++) {
    const unit = canonical.charCodeAt(i);
    if (unit === 0x3a) continue;
    if (unit > 0x60) letters++;
    else digits++;
    if (i < 2) first = first * 16 + hexDigit(unit);
    same &&= unit === canonical.charCodeAt(0);
  }
  if (same && (first === 0 || first === 0xff)) return end;
  let score = 0.93;
  // 10:20:30:40:50:60 may be anything; so may six letter pairs in a row of letters.
  if (letters === 0 || digits === 0) {
    if (saysMac(text, start, sink)) score = 0.9;
    else score = letters > 0 && end - start < 17 ? 0.2 : letters > 0 || first === 0 ? 0.6 : 0.4;
  }
  note(sink, 'mac');
  const flags = `${first === 0 && canonical.startsWith('00:00:5e:00:53') ? 'documentation ' : ''}${(first & 2) !== 0 ? 'locally-administered ' : ''}${(first & 1) !== 0 ? 'multicast' : ''}`;
  accept(sink, candidate(DEVICE, 'mac', start, end, canonical, score, flags));
  return end;
}

/** Six or eight pairs with hyphens that begin at `start`. Returns where to go on, 0 when it is none. */
export function hyphenMac(text: string, start: number, sink: Sink): number {
  if (start < 0 || (start > 0 && isWord(text.charCodeAt(start - 1)))) return 0;
  const match = /^[\da-f]{2}(?:-[\da-f]{2}){5}(?:-[\da-f]{2}){0,2}(?![\w]|-\w)/i.exec(text.slice(start, start + 26));
  return match === null ? 0 : macBetween(text, start, start + match[0].length, sink);
}

/** `xxxx.xxxx.xxxx`, or four such groups, that begins at `start`. Returns where to go on, 0 when it is none. */
export function dottedMac(text: string, start: number, sink: Sink): number {
  if (start < 0 || (start > 0 && isWord(text.charCodeAt(start - 1)))) return 0;
  const match = /^[\da-f]{4}(?:\.[\da-f]{4}){2,3}(?![\w]|\.\w)/i.exec(text.slice(start, start + 21));
  return match === null ? 0 : macBetween(text, start, start + match[0].length, sink);
}
