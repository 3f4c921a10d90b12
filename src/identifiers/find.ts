import { compileFinder } from './compile.js';
import type { Finding, FindOptions } from './types.js';

const DEFAULTS: FindOptions = {};
const finders: WeakMap<FindOptions, (text: string) => Finding[]> = /* @__PURE__ */ new WeakMap();

/**
 * Finds mail addresses, device addresses and telephone numbers in a text, sorted by start, never overlapping.
 */
export function findIdentifiers(text: string, options: FindOptions = DEFAULTS): Finding[] {
  let finder = finders.get(options);
  if (finder === undefined) {
    finder = compileFinder(options);
    finders.set(options, finder);
  }
  return finder(text);
}
