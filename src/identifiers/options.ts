import { checkInteger, checkOneOf, checkOptions } from '../core/checks.js';
import { TokumeiError } from '../core/errors.js';
import { fieldLabels } from './context/labels.js';
import { wordTables } from './context/words.js';
import { CARRIER_DOMAINS, carriersOf } from './mail/carriers.js';
import { type JapanNumbering, NUMBERING_JP } from './numbering/jp.js';
import { registered } from './numbering/registry.js';
import { CLASSES, type Plan } from './scan/sink.js';
import { japanOf } from './phone/japan.js';
import type { NumberingRegion } from './phone/region.js';
import type { FindOptions, NumberingTable, TextDetector } from './types.js';

const WHERE = 'findIdentifiers';
const NAMES = 'regions minScore classes field trace offsets detectors allow carrierDomains maxFindings';

/** Options, checked and ready to be used on many texts. */
export interface Compiled extends Plan {
  readonly maxFindings: number;
  readonly classes: readonly string[] | undefined;
  readonly allow: ReadonlySet<string> | undefined;
  readonly detectors: readonly TextDetector[];
  readonly traced: boolean;
  readonly offsets: 'utf16' | 'code-point' | 'utf8';
}

/** Checks options and makes what a scan needs of them. */
export function compileOptions(given: FindOptions): Compiled {
  const { minScore = 0.5, maxFindings = Number.MAX_SAFE_INTEGER, field = '', ...options } = checkOptions(given, WHERE, NAMES);
  check(typeof minScore === 'number' && minScore >= 0 && minScore <= 1, 'TOKUMEI_SCORE_RANGE', 'minScore', 'from 0 to 1', minScore);
  checkInteger(maxFindings, WHERE, 'maxFindings', 'TOKUMEI_FINDINGS_LIMIT', 1);
  check(isText(field), 'TOKUMEI_OPTIONS', 'field', 'text', field);
  const classes = checkList(options.classes, (c) => CLASSES.includes(c), 'TOKUMEI_IDENTIFIER_CLASS', 'classes', CLASSES.join(', '));
  const allow = checkList(options.allow, isText, 'TOKUMEI_OPTIONS', 'allow', 'canonical values');
  const detectors = checkList(options.detectors, (d) => typeof d?.find === 'function', 'TOKUMEI_DETECTOR', 'detectors', 'what detector() or denyList() made') ?? [];
  const domains = checkList(options.carrierDomains, isText, 'TOKUMEI_OPTIONS', 'carrierDomains', 'texts') ?? [];
  const tables = (checkList(options.regions, tableOf, 'TOKUMEI_REGION', 'regions', 'tables, or codes of tables given to registerRegions') ?? ['JP']).map(tableOf) as NumberingTable[];
  const japan = tables.find(isJapan);
  const others = tables.filter((table): table is NumberingRegion => !isJapan(table));
  const national = others[0]?.finder(others);
  const words = wordTables(national?.words);
  return {
    operatorOf: carriersOf([...CARRIER_DOMAINS.operators, ...domains]),
    japan: japan && japanOf(japan),
    national,
    words,
    field: fieldLabels(field, words),
    fieldName: field,
    minScore,
    maxFindings,
    classes,
    allow: allow && new Set(allow),
    detectors,
    traced: options.trace === true,
    offsets: checkOneOf(options.offsets ?? 'utf16', WHERE, 'offsets', 'TOKUMEI_OFFSETS', ['utf16', 'code-point', 'utf8']),
  };
}

function check(good: unknown, code: `TOKUMEI_${string}`, parameter: string, expected: string, received: unknown): void {
  if (!good) throw new TokumeiError(code, { where: WHERE, parameter, expected, received });
}

/** An option that is a list of such items, or was left out. */
function checkList<T>(list: readonly T[] | undefined, fits: (item: T) => unknown, code: `TOKUMEI_${string}`, parameter: string, items: string): readonly T[] | undefined {
  check(list === undefined || Array.isArray(list), code, parameter, `an array of ${items}`, list);
  list?.forEach((item) => check(fits(item), code, parameter, `an array of ${items}`, item));
  return list;
}

const isText = (value: unknown): boolean => typeof value === 'string';

function isJapan(table: NumberingTable): table is JapanNumbering {
  return 'trie' in table;
}

/** The table that is meant; undefined when there is none. */
function tableOf(region: NumberingTable | string): NumberingTable | undefined {
  const table = region === 'JP' ? NUMBERING_JP : typeof region === 'string' ? registered(region) : region;
  return table && ('trie' in table || 'finder' in table) ? table : undefined;
}
