import { fold } from '../scan/units.js';
import { accept, note, type Sink } from '../scan/sink.js';
import type { IdentifierFlag } from '../types.js';
import { isExample } from './domain.js';

/** Reports a mail address; `host` is its canonical domain. Returns its end. */
export function acceptMail(
  text: string,
  start: number,
  at: number,
  end: number,
  host: string,
  operator: string | undefined,
  score: number,
  known: readonly IdentifierFlag[],
  sink: Sink,
): number {
  let name = '';
  for (let i = start; i < at; i++) name += String.fromCharCode(fold(text.charCodeAt(i)));
  return report(name.trimEnd(), start, end, host, operator, score, known, sink);
}

/** Reports a mail address whose local part has been read already. */
export function report(name: string, start: number, end: number, host: string, operator: string | undefined, score: number, known: readonly IdentifierFlag[], sink: Sink): number {
  let flags = known;
  const add = (flag: IdentifierFlag): void => {
    flags = [...flags, flag];
  };
  if (name.startsWith('.') || name.endsWith('.') || name.includes('..')) add('rfc-violating');
  if (isExample(host)) add('documentation');
  if (host.includes('xn--')) add('idn');
  note(sink, operator === undefined ? 'mail' : `mail:carrier:${operator}`);
  const base = { class: 'mail-address', kind: operator === undefined ? 'pc' : 'mobile', start, end, canonical: `${name}@${host}`, score, flags } as const;
  accept(sink, operator === undefined ? base : { ...base, operator });
  return end;
}
