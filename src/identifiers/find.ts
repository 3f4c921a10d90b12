import { checkOptions } from '../core/checks.js';
import type { Finding, FindOptions, IdentifierClass, IdentifierFlag } from './types.js';

/**
 * Finds mail addresses, device addresses and telephone numbers in a text, sorted by start, never overlapping.
 *
 * First cut: plain and full-width mail, IPv4, IPv6, MAC, Japanese numbers.
 */
export function findIdentifiers(text: string, options: FindOptions = {}): Finding[] {
  checkOptions(options, 'findIdentifiers');
  const folded = fold(text);
  const found = [...mail(folded), ...ipv6(folded), ...mac(folded), ...ipv4(folded), ...phone(folded)];
  const min = options.minScore ?? 0.5;
  const classes = options.classes;
  const wanted = found.filter((f) => f.score >= min && (classes === undefined || classes.includes(f.class)));
  wanted.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Finding[] = [];
  let end = 0;
  for (const f of wanted) {
    if (f.start < end) continue;
    kept.push(f);
    end = f.end;
  }
  return kept;
}

/** One unit for one unit, so that offsets stay those of the original text. */
function fold(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u30FC\uFF70\u2010-\u2015\u2212\uFE63]/g, '-')
    .replace(/[\u3000\u00A0]/g, ' ');
}

function make(cls: IdentifierClass, kind: string, start: number, end: number, canonical: string, flags: IdentifierFlag[] = []): Finding {
  return { class: cls, kind, start, end, canonical, score: 0.9, flags };
}

const isLocal = (c: string | undefined): boolean => c !== undefined && /[A-Za-z0-9._%+-]/.test(c);

function* mail(text: string): Generator<Finding> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (at - start < 256 && isLocal(text[start - 1])) start--;
    const domain = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){0,8}?[A-Za-z0-9.-]{0,250}/.exec(text.slice(at + 1, at + 256))?.[0].replace(/[.-]+$/, '');
    if (start === at || domain === undefined || !/\.[A-Za-z]{2,}$/.test(domain)) continue;
    const local = text.slice(start, at);
    const mobile = /^(?:docomo|ezweb|softbank|ymobile|vodafone)\.ne\.jp$|^(?:au\.com|i\.softbank\.jp)$/i.test(domain);
    const bad = /^\.|\.$|\.\./.test(local);
    yield make('mail-address', mobile ? 'mobile' : 'pc', start, at + 1 + domain.length, `${local}@${domain.toLowerCase()}`, bad ? ['rfc-violating'] : []);
  }
}

function* ipv4(text: string): Generator<Finding> {
  for (const m of text.matchAll(/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)/g)) {
    if (m[0].split('.').every((o) => Number(o) <= 255)) yield make('device-address', 'ipv4', m.index, m.index + m[0].length, m[0]);
  }
}

function* ipv6(text: string): Generator<Finding> {
  for (const m of text.matchAll(/(?<![\w:.])[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,40}(?![\w])/g)) {
    const groups = m[0].split(':');
    const short = m[0].includes('::');
    const proper = groups.every((g) => g.length <= 4) && (short ? groups.length <= 8 && /\d/.test(m[0]) : groups.length === 8);
    if (proper && m[0].split('::').length <= 2) yield make('device-address', 'ipv6', m.index, m.index + m[0].length, m[0].toLowerCase());
  }
}

function* mac(text: string): Generator<Finding> {
  for (const m of text.matchAll(/(?<![\w:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}(?![\w]|[:-][0-9A-Fa-f])/g)) {
    yield make('device-address', 'mac', m.index, m.index + m[0].length, m[0].toLowerCase().replaceAll('-', ':'));
  }
}

function* phone(text: string): Generator<Finding> {
  for (const m of text.matchAll(/(?<![\w.+-])(?:\+81[- ]?(?:\(0\))?|\(?0)\d{1,4}[-. ()]{0,2}\d{1,4}[-. ()]{0,2}\d{3,4}(?![\w]|[-.]\d)/g)) {
    const digits = m[0].replace(/\D/g, '').replace(/^81/, '0').replace(/^00/, '0');
    const mobile = /^0[6-9]0[1-9]\d{7}$/.test(digits);
    const ip = /^050[1-9]\d{7}$/.test(digits);
    const other = /^0[1-9]\d{8}$|^0800\d{7}$|^020\d{8}$/.test(digits);
    if (!mobile && !ip && !other) continue;
    const cls = mobile || ip ? 'mobile-or-ip-phone' : 'telephone-number';
    const kind = mobile ? 'mobile' : ip ? 'ip-phone' : /^0(?:120|800)/.test(digits) ? 'freephone' : /^0570/.test(digits) ? 'navi-dial' : 'fixed-line';
    yield { ...make(cls, kind, m.index, m.index + m[0].length, `+81${digits.slice(1)}`), region: 'JP' };
  }
}
