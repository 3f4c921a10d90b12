import { checkInteger, checkOneOf, checkOptions } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import { fieldLabels } from './context/labels.js';
import { type Words, wordTables } from './context/words.js';
import { CARRIER_DOMAINS, Carriers } from './mail/carriers.js';
import { type JapanNumbering, NUMBERING_JP } from './numbering/jp.js';
import { registered } from './numbering/registry.js';
import { CLASSES } from './scan/sink.js';
import { Groups } from './phone/groups.js';
import { japanOf } from './phone/japan.js';
import type { NumberingRegion } from './phone/region.js';
import type { Plan } from './scan/scan.js';
import type { FindOptions, NumberingTable, TextDetector } from './types.js';

const WHERE = 'findIdentifiers';

/** Options, checked and ready to be used on many texts. */
export interface Compiled {
  readonly plan: Plan;
  readonly words: Words;
  readonly field: number;
  readonly fieldName: string;
  readonly minScore: number;
  readonly maxFindings: number;
  readonly classes: ReadonlySet<string> | undefined;
  readonly allow: ReadonlySet<string> | undefined;
  readonly detectors: readonly TextDetector[];
  readonly trace: boolean;
  readonly offsets: 'utf16' | 'code-point' | 'utf8';
}

/** Checks options and makes what a scan needs of them. */
export function compileOptions(options: FindOptions): Compiled {
  checkOptions(options, WHERE);
  const { minScore = 0.5, maxFindings = Number.MAX_SAFE_INTEGER, classes, allow, field } = options;
  if (typeof minScore !== 'number' || !(minScore >= 0 && minScore <= 1)) {
    throw new TokumeiError('TOKUMEI_SCORE_RANGE', { where: WHERE, parameter: 'minScore', expected: 'from 0 to 1', received: minScore });
  }
  checkInteger(maxFindings, WHERE, 'maxFindings', 'TOKUMEI_FINDINGS_LIMIT', 1);
  for (const name of classes ?? []) checkOneOf(name, WHERE, 'classes', 'TOKUMEI_IDENTIFIER_CLASS', CLASSES);
  const tables = (options.regions ?? ['JP']).map(tableOf);
  const japan = tables.find(isJapan);
  const others = tables.filter((t): t is NumberingRegion => !isJapan(t));
  const national = others[0]?.finder(others);
  const words = wordTables(national?.words);
  return {
    plan: {
      carriers: new Carriers([...CARRIER_DOMAINS.operators, ...(options.carrierDomains ?? [])]),
      groups: new Groups(),
      quad: { end: 0, value: 0, leadingZero: false },
      japan: japan === undefined ? undefined : japanOf(japan),
      national,
    },
    words,
    field: field === undefined ? 0 : fieldLabels(field, words),
    fieldName: field ?? '',
    minScore,
    maxFindings,
    classes: classes === undefined ? undefined : new Set(classes),
    allow: allow === undefined ? undefined : new Set(allow),
    detectors: options.detectors ?? [],
    trace: options.trace === true,
    offsets: checkOneOf(options.offsets ?? 'utf16', WHERE, 'offsets', 'TOKUMEI_OFFSETS', ['utf16', 'code-point', 'utf8']),
  };
}

function isJapan(table: NumberingTable): table is JapanNumbering {
  return 'trie' in table;
}

function tableOf(region: NumberingTable | string): NumberingTable {
  if (typeof region !== 'string') return region;
  const table = region === 'JP' ? NUMBERING_JP : registered(region);
  if (table !== undefined) return table;
  throw new TokumeiError('TOKUMEI_REGION', { where: WHERE, parameter: 'regions', expected: 'a table, or the code of one given to registerRegions', received: region });
}
