import type { Coded, Scalar } from './coded.js';
import { TextTable } from './textTable.js';

/** A column of text or other values given as numbers into a dictionary, as Arrow and Parquet readers hand it out. */
export interface DictionaryColumn {
  /** A negative or missing index means that the row has no value. */
  readonly indices: ArrayLike<number>;
  readonly dictionary: ArrayLike<unknown>;
}

/** Whatever can be read by position. Typed arrays of whole numbers are used as they are, without a copy. */
export type ColumnInput = ArrayLike<unknown> | DictionaryColumn;

/** Turns a value as it came into one that can be coded, or undefined where the row takes no part. */
export type Normalize = (value: unknown) => Scalar | undefined;

/** Keys: text, whole numbers, truth values, null (and what is missing). Anything else has no place in a published table. */
export const asKey: Normalize = (value) => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isSafeInteger(value) ? value + 0 : undefined;
    case 'undefined':
      return null;
    default:
      return value === null ? null : undefined;
  }
};

/** Privacy units: like keys, bigint too; null, an empty text and what is not a whole number are missing. */
export const asUnit: Normalize = (value) => {
  switch (typeof value) {
    case 'string':
      return value === '' ? undefined : value;
    case 'number':
      return Number.isSafeInteger(value) ? value + 0 : undefined;
    case 'bigint':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
};

export function isDictionary(input: ColumnInput): input is DictionaryColumn {
  return !ArrayBuffer.isView(input) && !Array.isArray(input) && 'indices' in input && 'dictionary' in input;
}

export function lengthOf(input: ColumnInput): number {
  return isDictionary(input) ? input.indices.length : input.length;
}

export function valueAt(input: ColumnInput, row: number): unknown {
  if (!isDictionary(input)) return input[row];
  const index = input.indices[row];
  return index === undefined || index < 0 ? undefined : input.dictionary[index];
}

/** Codes a column once. Small non-negative integers in an Int32Array pass through as their own codes. */
export function encode(input: ColumnInput, normalize: Normalize): Coded {
  if (isDictionary(input)) return encodeDictionary(input, normalize);
  if (input instanceof Int32Array) {
    const size = passThroughSize(input);
    if (size !== undefined) return { codes: input, size, whole: true, content: (code) => code };
  }
  return encodeValues(input, normalize);
}

/** One past the largest value, where the values can serve as codes without wasting memory; undefined where not. */
function passThroughSize(values: Int32Array): number | undefined {
  const limit = 4 * values.length + 65_536;
  let max = -1;
  let sign = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sign |= value;
    if (value > max) max = value;
  }
  return sign < 0 || max >= limit ? undefined : max + 1;
}

function encodeValues(values: ArrayLike<unknown>, normalize: Normalize): Coded {
  const n = values.length;
  const codes = new Int32Array(n);
  const contents: Scalar[] = [];
  const texts = new TextTable();
  /** From a text's number to its code: texts share the codes with everything else. */
  const codeOfText: number[] = [];
  const others = new Map<unknown, number>();
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (typeof value === 'string') {
      const text = texts.code(value);
      let code = codeOfText[text];
      if (code === undefined) {
        const content = normalize(value);
        code = content === undefined ? -1 : contents.push(content) - 1;
        codeOfText.push(code);
      }
      codes[i] = code;
    } else codes[i] = codeOther(value, normalize, others, contents);
  }
  return { codes, size: contents.length, content: (code) => contents[code]! };
}

/** Distinct inputs may mean one value (undefined and null, -0 and 0): the normal form is looked up as well. */
function codeOther(value: unknown, normalize: Normalize, known: Map<unknown, number>, contents: Scalar[]): number {
  const met = known.get(value);
  if (met !== undefined) return met;
  const content = normalize(value);
  // An object is no key, and would pin every row's own copy in the map without ever being met again.
  if (typeof value === 'object' && value !== null) return content === undefined ? -1 : codeOther(content, normalize, known, contents);
  if (content === undefined) {
    known.set(value, -1);
    return -1;
  }
  let code = known.get(content);
  if (code === undefined) {
    code = contents.push(content) - 1;
    known.set(content, code);
  }
  known.set(value, code);
  return code;
}

function encodeDictionary(input: DictionaryColumn, normalize: Normalize): Coded {
  const entries = encodeValues(input.dictionary, normalize);
  const missing = normalize(undefined);
  const n = input.indices.length;
  const codes = new Int32Array(n);
  let size = entries.size;
  let nullCode = -1;
  for (let i = 0; i < n; i++) {
    const index = input.indices[i]!;
    const code = index >= 0 ? entries.codes[index] : undefined;
    if (code !== undefined) codes[i] = code;
    else if (missing === undefined) codes[i] = -1;
    else {
      if (nullCode < 0) nullCode = findNull(entries) ?? size++;
      codes[i] = nullCode;
    }
  }
  return { codes, size, content: (code) => (code === nullCode ? null : entries.content(code)) };
}

function findNull(coded: Coded): number | undefined {
  for (let code = 0; code < coded.size; code++) if (coded.content(code) === null) return code;
  return undefined;
}
