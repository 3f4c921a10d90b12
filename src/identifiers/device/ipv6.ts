import { labelBefore } from '../context/labels.js';
import { ADDRESS } from '../context/words.js';
import { hostOf } from '../hostOf.js';
import { accept, candidate, DEVICE, note, type Sink } from '../scan/sink.js';
import { hexDigit, isWord, unitAt } from '../scan/units.js';
import { dotted, prefixLength, rangeOfIpv4 } from './ipv4.js';
import { macBetween } from './mac.js';

/** Groups with colons, as many as an address has, to the last after which it can end; a port is left out. */
const GROUPS = /(?:::)?(?:[\da-f]{1,4}::?){0,7}(?:[\da-f]{1,4}(?:\.\d{1,3}){3}|[\da-f]{1,4}|(?<=::)(?!:))(?!\w|::)/iy;
/** A MAC address with colons and nothing else: what most colons close together are. */
const PLAIN_MAC = /(?:[\da-f]{2}:){5}[\da-f]{2}(?![\w:]|\.\d)/iy;
/** A MAC address with colons, a word of hexadecimal letters before it ("add:00:1a:…"), or an EUI-64. */
const MAC = /^(?:[a-f]+:)?((?:\w\w:){5}\w\w|(?:\w\w:){3}ff:fe(?::\w\w){3})$/i;
/** A capital, a dot, or a group that begins with 0: the platform's parser writes it in another way. */
const REWRITTEN = /^0|:0|[^\da-f:]/;
/** Ranges in use: unicast, everything special from fc00 on, IPv4 that was translated; or a tail that is written like IPv4 behind zeros. */
const IN_USE = /^(?:[23]\w{3}:|f[c-f]\w\w:|64:ff9b:|::.*\.)/;

/**
 * An IPv6 address, or a MAC address written with colons, whose first colon stands at `colon`.
 * Returns where to go on: past what was read, so that no part of it is looked at twice; 0 when there is none.
 */
export function colonsAt(text: string, colon: number, sink: Sink): number {
  let start = colon;
  while (colon - start < 5 && hexDigit(unitAt(text, start - 1)) >= 0) start--;
  // "node:fe80::1", "12345:…": this colon ends a label; what follows is looked at from its own first colon.
  const before = unitAt(text, start - 1);
  if (colon - start > 4 || isWord(before) || before === 0x2e || (before === 0x3a && !/[g-z_]\w{0,19}:$/i.test(text.slice(Math.max(0, start - 20), start)))) return 0;
  PLAIN_MAC.lastIndex = start;
  if (PLAIN_MAC.test(text)) return macBetween(text, start, PLAIN_MAC.lastIndex, sink);
  GROUPS.lastIndex = start;
  if (!GROUPS.test(text)) return 0;
  const end = GROUPS.lastIndex;
  const token = text.slice(start, end);
  const short = token.includes('::');
  if (!short && token.length < 15) return end; // 2026:12:34:56
  const mac = MAC.exec(token)?.[1];
  if (mac) return macBetween(text, end - mac.length, end, sink);
  let n = token.includes('.') ? 1 : 0; // groups: an IPv4 tail stands for two
  for (let i = 0; i < token.length; i++) if (token.charCodeAt(i) !== 0x3a && (i === 0 || token.charCodeAt(i - 1) === 0x3a)) n++;
  // x[::2] is a slice.
  if ((!short && n !== 8) || (before === 0x5b && n < 3 && /[\w)\]]/.test(text.charAt(start - 2)))) return end;
  // Asking the platform's parser takes a microsecond, so what it would hand back as it stands is not asked.
  const asWritten = (n < 7 || !short) && !REWRITTEN.test(token) && token.indexOf('::') === token.lastIndexOf('::');
  const address = asWritten ? token : hostOf(`[${token}]`).slice(1, -1);
  if (address === '') return end;
  // RFC 5952 wants dots in addresses that stand for IPv4.
  const mapped = /^::ffff:([^:]+):([^:]+)$/.exec(address);
  const ipv4 = mapped ? (hex(mapped[1]) << 16) | hex(mapped[2]) : 0;
  const canonical = mapped ? `::ffff:${dotted(ipv4)}` : address;
  let score = 0.95;
  // Unless in a range that is in use, or so long that nothing else looks like it.
  if (n < 6 && canonical !== '::1' && (n < 2 || !IN_USE.test(canonical + token))) {
    score = canonical === '::' ? 0.1 : n > 3 && /\d/.test(token) ? 0.75 : 0.3;
    if ((labelBefore(text, start, ADDRESS, sink.words) | (sink.field & ADDRESS)) !== 0) score += 0.35;
  }
  note(sink, 'ipv6');
  const zone = unitAt(text, end) === 0x25 ? end + (/^%[\w.~-]{1,32}/.exec(text.slice(end, end + 33))?.[0].length ?? 0) : end;
  const last = zone + prefixLength(text, zone, 128);
  return accept(sink, candidate(DEVICE, 'ipv6', start, last, canonical, score, mapped ? rangeOfIpv4(ipv4) : (RANGES.find(([range]) => range.test(address))?.[1] ?? ''))) ? last : end;
}

const hex = (digits: string | undefined): number => Number.parseInt(digits as string, 16);

/** Ranges with a use of their own, and its flag. */
const RANGES: readonly (readonly [RegExp, string])[] = [
  [/^(?:2001:db8|3fff:\w{0,3}):/, 'documentation'],
  [/^ff\w\w:/, 'multicast'],
  [/^fe[89ab]\w:/, 'link-local'],
  [/^f[cd]\w\w:/, 'private'],
  [/^::1$/, 'loopback'],
  [/^::$/, 'unspecified'],
];
