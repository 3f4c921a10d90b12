import { combine } from '../columns/combine.js';
import type { Coded } from '../columns/coded.js';
import { asUnit, encode, type ColumnInput } from '../columns/encode.js';
import { refuseMissingUnit, type CheckedDoor } from './options.js';

/** The unit of each row, with opted-out and missing ones marked -1, and how many rows that were. */
export interface CodedUnits {
  readonly units: Coded;
  readonly missingUnit: number;
  readonly optedOut: number;
}

export function codeUnits(door: CheckedDoor, inputs: readonly ColumnInput[]): CodedUnits {
  const fields = inputs.map((input) => encode(input, asUnit));
  const coded = fields.length === 1 ? fields[0]! : combine(fields);
  const missingUnit = coded.whole === true ? 0 : countMissing(coded.codes);
  if (missingUnit > 0 && door.missingUnit === 'reject') refuseMissingUnit(door);
  if (door.optOut === undefined || door.optOut.size === 0) return { units: coded, missingUnit, optedOut: 0 };
  const { units, optedOut } = leaveOut(coded, door.optOut);
  return { units, missingUnit, optedOut };
}

function countMissing(codes: Int32Array): number {
  let missing = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i]! < 0) missing++;
  return missing;
}

function leaveOut(coded: Coded, optOut: ReadonlySet<unknown>): { units: Coded; optedOut: number } {
  const out = new Uint8Array(coded.size);
  // As texts: who opted out as 7 is out as '7' too. It may leave out too many, never too few.
  const texts = new Set(Array.from(optOut, String));
  for (let code = 0; code < coded.size; code++) {
    const content = coded.content(code);
    if (texts.has(String(Array.isArray(content) ? content[0] : content))) out[code] = 1;
  }
  // A copy, since the codes may be the caller's own array.
  const codes = coded.codes.slice();
  let optedOut = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0 && out[code] === 1) {
      codes[i] = -1;
      optedOut++;
    }
  }
  return { units: { codes, size: coded.size, content: coded.content }, optedOut };
}
