import { TokumeiError } from '../../core/errors.js';
import { CLASSES } from '../scan/sink.js';
import type { Finding, IdentifierClass, TextDetector } from '../types.js';

/** Options of {@link denyList}. */
export interface DenyListOptions {
  /** The class that the texts are treated as. */
  readonly class: IdentifierClass;
  /** The kind that the findings carry, `listed` by default. */
  readonly kind?: string;
}

/** The longest text that a list may hold, in UTF-16 units: streams hold back by what a finding can be long. */
const LONGEST = 256;

interface Node {
  readonly next: Map<number, Node>;
  fail: Node | undefined;
  /** Length of the longest listed text that ends here. */
  length: number;
}

const node = (): Node => ({ next: new Map(), fail: undefined, length: 0 });

/**
 * Makes a detector of fixed texts that are always reported, whatever else they look like: names of machines, the number of
 * a house line. A listed text wins over every other finding that it overlaps.
 *
 * All texts are searched for in one pass (Aho and Corasick, Efficient string matching, CACM 18, 1975), so the cost does
 * not grow with the number of texts. Letters match exactly as given.
 *
 * @throws {TokumeiError} `TOKUMEI_DENY_LIST` for a list without texts, an empty text, one of more than 256 units, or a
 * class that is none.
 * @example
 * ```ts
 * import { denyList, findIdentifiers } from 'tokumei/identifiers';
 * const machines = denyList(['db-7.internal', 'db-8.internal'], { class: 'device-address' });
 * findIdentifiers('restarted db-8.internal', { detectors: [machines] }).map((f) => f.canonical); // => ['db-8.internal']
 * ```
 */
/* @__NO_SIDE_EFFECTS__ */
export function denyList(texts: readonly string[], options: DenyListOptions): TextDetector {
  if (!Array.isArray(texts) || texts.length === 0 || texts.some((t) => typeof t !== 'string' || t === '' || t.length > LONGEST)) {
    throw new TokumeiError('TOKUMEI_DENY_LIST', { where: 'denyList', parameter: 'texts', expected: `one text or more, each of 1 to ${LONGEST} units` });
  }
  const cls = options.class;
  if (!CLASSES.includes(cls)) throw new TokumeiError('TOKUMEI_DENY_LIST', { where: 'denyList', parameter: 'class', expected: 'one of the four classes', received: cls });
  const root = automaton(texts);
  const longest = Math.max(...texts.map((t) => t.length));
  return {
    name: 'deny-list',
    before: longest,
    after: longest,
    find: (text) => {
      const found: Finding[] = [];
      let at = root;
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        while (at !== root && !at.next.has(unit)) at = at.fail ?? root;
        at = at.next.get(unit) ?? root;
        if (at.length === 0) continue;
        const start = i + 1 - at.length;
        found.push({ class: cls, kind: options.kind ?? 'listed', start, end: i + 1, canonical: text.slice(start, i + 1), score: 1, flags: ['listed'] });
      }
      return found.sort((a, b) => a.start - b.start || b.end - a.end);
    },
  };
}

function automaton(texts: readonly string[]): Node {
  const root = node();
  for (const text of texts) {
    let at = root;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      let next = at.next.get(unit);
      if (next === undefined) at.next.set(unit, (next = node()));
      at = next;
    }
    at.length = text.length;
  }
  // Breadth first, so that the node that a failure leads to is finished before it is asked.
  const queue: Node[] = [root];
  for (let q = 0; q < queue.length; q++) {
    const at = queue[q] as Node;
    for (const [unit, child] of at.next) {
      let fail = at.fail;
      while (fail !== undefined && !fail.next.has(unit)) fail = fail.fail;
      child.fail = at === root ? root : (fail?.next.get(unit) ?? root);
      if (child.length === 0) child.length = child.fail.length;
      queue.push(child);
    }
  }
  return root;
}
