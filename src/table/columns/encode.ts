import type { Coded, Scalar } from './coded.js';
import { PairTable } from './pairTable.js';
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
  const integers = new PairTable();
  const bigints = new TextTable();
  const others = new Map<unknown, number>();
  /** From a value's number in its own table to its code: all kinds of values share the codes. */
  const ofText: number[] = [];
  const ofInteger: number[] = [];
  const ofBigint: number[] = [];
  const fresh = (value: unknown): number => {
    const content = normalize(value);
    return content === undefined ? -1 : contents.push(content) - 1;
  };
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (typeof value === 'string') {
      codes[i] = ofText[texts.code(value)] ?? last(ofText, fresh(value));
    } else if (Number.isSafeInteger(value)) {
      const integer = value as number;
      codes[i] = ofInteger[integers.code(integer | 0, Math.floor(integer / 4294967296))] ?? last(ofInteger, fresh(integer));
    } else if (typeof value === 'bigint') {
      codes[i] = ofBigint[bigints.code(String(value))] ?? last(ofBigint, fresh(value));
    } else codes[i] = codeOther(normalize(value), others, contents);
  }
  return { codes, size: contents.length, content: (code) => contents[code]! };
}

function last(codes: number[], code: number): number {
  codes.push(code);
  return code;
}

/** What is left has few different values: true, false, null, and all that is none. Fractions and objects are not kept: each may be another. */
function codeOther(content: Scalar | undefined, known: Map<unknown, number>, contents: Scalar[]): number {
  if (content === undefined) return -1;
  let code = known.get(content);
  if (code === undefined) {
    code = contents.push(content) - 1;
    known.set(content, code);
  }
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
