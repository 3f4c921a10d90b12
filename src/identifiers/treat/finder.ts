import { findIdentifiers } from '../find.js';
import type { Finding, FindOptions } from '../types.js';

/** A scanner with its options fixed. */
export type Finder = (text: string) => Finding[];

/** The scanner for these options; work that depends on the options alone is done once. */
export function finderFor(options: FindOptions): Finder {
  return (text) => findIdentifiers(text, options);
}
