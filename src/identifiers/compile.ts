import { checkOptions } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import { CARRIER_DOMAINS, Carriers } from './mail/carriers.js';
import { NUMBERING_JP } from './numbering/jp.js';
import { Groups } from './phone/groups.js';
import { Japan } from './phone/japan.js';
import { type Plan, scan } from './scan/scan.js';
import type { Sink } from './scan/sink.js';
import type { Finding, FindOptions } from './types.js';

/** Compiles options into a function of a text. */
export function compileFinder(options: FindOptions = {}): (text: string) => Finding[] {
  checkOptions(options, 'compileFinder');
  const plan: Plan = { carriers: new Carriers(CARRIER_DOMAINS.operators), groups: new Groups(), japan: new Japan(NUMBERING_JP), national: undefined };
  const minScore = options.minScore ?? 0.5;
  const classes = options.classes;
  return (text) => {
    if (typeof text !== 'string') throw new TokumeiError('TOKUMEI_TEXT', { where: 'findIdentifiers', parameter: 'text', expected: 'a string' });
    const sink: Sink = { found: [], rejected: undefined, minScore, field: 0, trace: undefined };
    scan(text, 0, text.length, plan, sink);
    return classes === undefined ? sink.found : sink.found.filter((f) => classes.includes(f.class));
  };
}
