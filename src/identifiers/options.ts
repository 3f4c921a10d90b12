import { checkEach, type OptionCheck } from '../core/checks.js';
import { fieldLabels } from './context/labels.js';
import { wordTables } from './context/words.js';
import { CARRIER_DOMAINS, carriersOf } from './mail/carriers.js';
import { type JapanNumbering, NUMBERING_JP } from './numbering/jp.js';
import { registered } from './numbering/registry.js';
import { CLASSES, type Plan } from './scan/sink.js';
import { japanOf } from './phone/japan.js';
import type { NumberingRegion } from './phone/region.js';
import type { FindOptions, IdentifierClass, NumberingTable, TextDetector } from './types.js';

/** Options, checked and ready to be used on many texts. */
export interface Compiled extends Plan {
  readonly maxFindings: number;
  readonly classes: readonly string[] | undefined;
  readonly allow: ReadonlySet<string> | undefined;
  readonly detectors: readonly TextDetector[];
  readonly traced: boolean | undefined;
  readonly offsets: 'utf16' | 'code-point' | 'utf8';
}

const isText = (value: unknown): boolean => typeof value === 'string';
const listOf = (fits: (item: never) => unknown) => (list: readonly never[]): boolean => Array.isArray(list) && [...list].every(fits);

/** What each option of the scanner has to fit. */
export const FIND_CHECKS: { readonly [K in keyof FindOptions]-?: OptionCheck } = {
  regions: [listOf(tableOf), 'TOKUMEI_REGION', 'an array of tables, or of codes of tables given to registerRegions'],
  minScore: [(score: unknown) => typeof score === 'number' && score >= 0 && score <= 1, 'TOKUMEI_SCORE_RANGE', 'from 0 to 1'],
  classes: [listOf((cls: IdentifierClass) => CLASSES.includes(cls)), 'TOKUMEI_IDENTIFIER_CLASS', `an array of ${CLASSES.join(', ')}`],
  field: [isText, 'TOKUMEI_OPTIONS', 'text'],
  trace: [(trace: unknown) => typeof trace === 'boolean', 'TOKUMEI_OPTIONS', 'true or false'],
  offsets: [(unit: string) => ['utf16', 'code-point', 'utf8'].includes(unit), 'TOKUMEI_OFFSETS', 'utf16, code-point or utf8'],
  detectors: [listOf((d: TextDetector | undefined) => typeof d?.find === 'function'), 'TOKUMEI_DETECTOR', 'an array of what detector() or denyList() made'],
  allow: [listOf(isText), 'TOKUMEI_OPTIONS', 'an array of canonical values'],
  carrierDomains: [listOf(isText), 'TOKUMEI_OPTIONS', 'an array of texts'],
  maxFindings: [(most: unknown) => Number.isInteger(most) && (most as number) > 0, 'TOKUMEI_FINDINGS_LIMIT', 'a whole number >= 1'],
};

/** Checks options and makes what a scan needs of them. */
export function compileOptions(given: FindOptions): Compiled {
  const { minScore = 0.5, maxFindings = Infinity, field = '', regions = ['JP'], detectors = [], carrierDomains = [], offsets = 'utf16', trace: traced, classes, allow } = checkEach(given, 'findIdentifiers', FIND_CHECKS);
  const tables = regions.map(tableOf) as NumberingTable[];
  const japan = tables.find(isJapan);
  const others = tables.filter((table): table is NumberingRegion => !isJapan(table));
  const national = others[0]?.finder(others);
  const words = wordTables(national?.words);
  return {
    operatorOf: carriersOf([...CARRIER_DOMAINS.operators, ...carrierDomains]),
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
    traced,
    offsets,
  };
}

function isJapan(table: NumberingTable): table is JapanNumbering {
  return 'trie' in table;
}

/** The table that is meant; undefined when there is none. */
function tableOf(region: NumberingTable | string): NumberingTable | undefined {
  const table = region === 'JP' ? NUMBERING_JP : isText(region) ? registered(region as string) : (region as NumberingTable);
  return typeof table === 'object' && table && ('trie' in table || 'finder' in table) ? table : undefined;
}
