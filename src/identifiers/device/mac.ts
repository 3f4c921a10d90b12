import { says } from '../context/labels.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';

/** Words that say that this is a MAC address. */
export const MAC_WORD: RegExp = /mac(?![b-z])|\bether|\beui|bssid|wi-?fi|wlan|hwaddr|[el] addr|物理アド|bluetooth/i;

/**
 * Six or eight pairs of hexadecimal digits between `start` and `end`, with or without signs between them. Returns `end`.
 * All zeros and all ones are no address of anything and are not reported.
 */
export function macBetween(text: string, start: number, end: number, sink: Sink): number {
  const written = text.slice(start, end).toLowerCase();
  const canonical = written.charAt(2) === ':' ? written : (written.replace(/[.-]/g, '').match(/../g) ?? []).join(':');
  if (!/[^0:]/.test(canonical) || !/[^f:]/.test(canonical)) return end;
  const letters = /[a-f]/.test(canonical);
  const first = Number.parseInt(canonical, 16);
  let score = 0.93;
  // 10:20:30:40:50:60 may be anything; so may six letter pairs in a row of letters.
  if (!letters || !/\d/.test(canonical)) score = says(text, start, MAC_WORD, sink) ? 0.9 : letters && end - start < 17 ? 0.2 : letters || first === 0 ? 0.6 : 0.4;
  note(sink, 'mac');
  const flags = `${canonical.startsWith('00:00:5e:00:53') ? 'documentation ' : ''}${first & 2 ? 'locally-administered ' : ''}${first & 1 ? 'multicast' : ''}`;
  accept(sink, candidate(DEVICE, 'mac', start, end, canonical, score, flags));
  return end;
}
