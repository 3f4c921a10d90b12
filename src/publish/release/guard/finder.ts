import { TokumeiError } from '../../../core/errors.js';
import { compileFinder, NUMBERING_JP, type Finding, type FindOptions, type NumberingTable, type TextDetector } from '../../../identifiers/index.js';
import type { GuardFindOptions } from '../options.js';

/** How the guard looks: fixed when the factory is called, whatever becomes of the caller's lists. */
export interface GuardFinder {
  /** Codes of the regions whose national numbers are found; Japan is always one of them. */
  readonly regions: readonly string[];
  /**
   * All that is found with the field's name as context and all that is found without it: a name comes from the log, and what it
   * says may only add. By start; spans that meet are one.
   */
  find(text: string, field: string): readonly Finding[];
}

/** @throws {TokumeiError} `TOKUMEI_REGION`, `TOKUMEI_GUARD_OPTIONS` before any result is seen; `TOKUMEI_DETECTOR` when an own detector throws. */
export function guardFinder({ regions, detectors, carrierDomains }: GuardFindOptions): GuardFinder {
  const tables = withJapan(listOf(regions, 'regions'));
  const options = {
    ...FULL,
    regions: Object.freeze(tables),
    detectors: Object.freeze(listOf(detectors, 'detectors').map(copyDetector)),
    carrierDomains: Object.freeze([...listOf(carrierDomains, 'carrierDomains')]),
  };
  const compile = (field: string | undefined): ((text: string) => Finding[]) => compileFinder({ ...options, field } as unknown as FindOptions);
  const plain = compile(undefined);
  const byField = new Map<string, (text: string) => Finding[]>();
  return {
    // Codes: a second table of one region is looked through, and the region said once.
    regions: Object.freeze([...new Set(tables.map((region) => (typeof region === 'string' ? region : region.code)))]),
    find(text, field) {
      let named = byField.get(field);
      if (named === undefined) byField.set(field, (named = compile(field)));
      try {
        return merged(plain(text), named(text));
      } catch {
        // What was thrown may quote the text.
        throw new TokumeiError('TOKUMEI_DETECTOR', { where: 'release', message: 'a detector given to identifiers.detectors threw, or named places outside the text; nothing was released' });
      }
    },
  };
}

/** Every option that could make it look for less, said here: what an object does not have itself could come from a prototype. */
const FULL = { minScore: 0.5, maxFindings: Number.MAX_SAFE_INTEGER, classes: undefined, allow: undefined, offsets: 'utf16', trace: false };

/** Japan's own table first, so that no other can stand in for it. */
function withJapan(regions: readonly (NumberingTable | string)[]): readonly (NumberingTable | string)[] {
  for (const region of regions) {
    const fits = typeof region === 'string' || (typeof region === 'object' && region !== null && typeof region.code === 'string');
    if (!fits) throw new TokumeiError('TOKUMEI_GUARD_OPTIONS', { where: 'release', parameter: 'identifiers.regions', expected: 'a list of tables or codes', received: region });
  }
  return [NUMBERING_JP, ...regions.filter((region) => region !== 'JP' && region !== NUMBERING_JP)];
}

function copyDetector(detector: TextDetector): TextDetector {
  if (typeof detector !== 'object' || detector === null || typeof detector.find !== 'function') {
    throw new TokumeiError('TOKUMEI_GUARD_OPTIONS', { where: 'release', parameter: 'identifiers.detectors', expected: 'a list of what detector() or denyList() made', received: detector });
  }
  const { name, before, after, find } = detector;
  return Object.freeze({ name, before, after, find: (text: string) => find.call(detector, text) });
}

function listOf<T>(list: readonly T[] | undefined, parameter: string): readonly T[] {
  if (list === undefined) return [];
  if (Array.isArray(list)) return [...(list as readonly T[])];
  throw new TokumeiError('TOKUMEI_GUARD_OPTIONS', { where: 'release', parameter: `identifiers.${parameter}`, expected: 'a list', received: list });
}

function merged(a: readonly Finding[], b: readonly Finding[]): readonly Finding[] {
  const all = [...a, ...b].sort((x, y) => x.start - y.start || y.end - x.end);
  const out: Finding[] = [];
  for (const finding of all) {
    const last = out[out.length - 1];
    if (last === undefined || finding.start >= last.end) out.push(finding);
    else if (finding.class === last.class) out[out.length - 1] = { ...last, end: Math.max(last.end, finding.end) };
    // Of two classes at one place both are told, so that allowing the one does not let the other through.
    else out.push(finding);
  }
  return out;
}
