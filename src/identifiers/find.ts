import { TokumeiError } from '../core/errors.js';
import { compileFinder } from './compile.js';
import type { Finding, FindOptions } from './types.js';

/** Finds the four classes. */
export function findIdentifiers(text: string, options: FindOptions = DEFAULTS): Finding[] {
  let finder = compiled.get(options);
  if (finder === undefined) {
    finder = compileFinder(options);
    compiled.set(options, finder);
  }
  return finder(text);
}

const DEFAULTS: FindOptions = {};
const compiled: WeakMap<FindOptions, (text: string) => Finding[]> = new WeakMap();
void TokumeiError;
