import { checkInteger } from '../../core/checks.js';
import { TokumeiError } from '../../core/errors.js';
import { CLASSES } from '../scan/sink.js';
import type { Finding, IdentifierClass, TextDetector } from '../types.js';

/** What the caller's own detector found, in places of the window that it was given. */
export interface DetectorHit {
  readonly start: number;
  readonly end: number;
  /** One spelling for all spellings; the text itself by default. */
  readonly canonical?: string;
  /** 0.9 by default. */
  readonly score?: number;
}

/** A detector of the caller's own. */
export interface DetectorOptions {
  readonly name: string;
  /** The class that its findings are treated as. */
  readonly class: IdentifierClass;
  /** The kind that its findings carry; the name by default. */
  readonly kind?: string;
  /** Texts of which every identifier of this kind holds one: they are searched for, and `verify` is asked there alone. */
  readonly anchors: readonly string[];
  /** How many UTF-16 units before and after an anchor `verify` sees, each from 0 to 256. */
  readonly before: number;
  readonly after: number;
  /** Says what stands around the anchor at `at` of `window`; undefined when it is nothing. Must not depend on anything else. */
  readonly verify: (window: string, at: number) => DetectorHit | undefined;
}

const WHERE = 'detector';

/**
 * Makes a detector of the caller's own, with the guarantees of the built-in ones: it is anchored and sees a bounded window,
 * so the scan stays linear in the text and a stream finds what the whole text shows; overlaps are settled by the same order.
 *
 * When to use: membership numbers, internal ids, an address format of one's own. For fixed texts there is `denyList`.
 *
 * Cost: one search of the text for each anchor, one call for each place.
 *
 * @throws {TokumeiError} `TOKUMEI_DETECTOR` for anchors that are missing or empty, a window out of range or a class that is
 * none; while scanning `TOKUMEI_CALLBACK` when `verify` throws and `TOKUMEI_DETECTOR` when its hit leaves the window or
 * does not hold the anchor. Nothing is reported then: a list is complete or there is none.
 * @example
 * ```ts
 * import { detector, findIdentifiers } from 'tokumei/identifiers';
 * const member = detector({
 *   name: 'member-number', class: 'device-address', anchors: ['MB-'], before: 0, after: 12,
 *   verify: (window, at) => (/^MB-\d{6}(?!\d)/.test(window.slice(at)) ? { start: at, end: at + 9 } : undefined),
 * });
 * findIdentifiers('of MB-204311', { detectors: [member] })[0]?.kind; // => 'member-number'
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function detector(options: DetectorOptions): TextDetector {
  const { name, anchors, verify } = options;
  const cls = options.class;
  if (!Array.isArray(anchors) || anchors.length === 0 || anchors.some((a) => typeof a !== 'string' || a === '')) {
    throw new TokumeiError('TOKUMEI_DETECTOR', { where: WHERE, parameter: 'anchors', expected: 'one text or more, none of them empty' });
  }
  if (!CLASSES.includes(cls)) throw new TokumeiError('TOKUMEI_DETECTOR', { where: WHERE, parameter: 'class', expected: 'one of the four classes', received: cls });
  const before = checkInteger(options.before, WHERE, 'before', 'TOKUMEI_DETECTOR', 0, 256);
  const after = checkInteger(options.after, WHERE, 'after', 'TOKUMEI_DETECTOR', 0, 256);

  const ask = (text: string, at: number, size: number): Finding | undefined => {
    const from = Math.max(0, at - before);
    const window = text.slice(from, at + size + after);
    let hit: DetectorHit | undefined;
    try {
      hit = verify(window, at - from);
    } catch {
      // What it threw may quote the text.
      throw new TokumeiError('TOKUMEI_CALLBACK', { where: WHERE, message: `verify of detector '${name}' threw` });
    }
    if (hit === undefined) return undefined;
    const { start, end, score = 0.9 } = hit;
    const sound = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= window.length && start <= at - from && end >= at - from + size && score >= 0 && score <= 1;
    if (!sound) throw new TokumeiError('TOKUMEI_DETECTOR', { where: WHERE, parameter: 'verify', expected: `to give places in the window that hold the anchor, and a score from 0 to 1 (detector '${name}')` });
    return { class: cls, kind: options.kind ?? name, start: from + start, end: from + end, canonical: hit.canonical ?? window.slice(start, end), score, flags: [] };
  };

  return {
    name,
    before,
    after: after + Math.max(...anchors.map((a) => a.length)),
    find: (text) => {
      const found: Finding[] = [];
      for (const anchor of anchors) {
        for (let at = text.indexOf(anchor); at >= 0; at = text.indexOf(anchor, at + 1)) {
          const finding = ask(text, at, anchor.length);
          if (finding !== undefined) found.push(finding);
        }
      }
      return found.sort((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}
