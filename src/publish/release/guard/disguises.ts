/**
 * What only a reader's eye puts together, as texts in which the finder sees it too: digits of other scripts, invisible signs between
 * digits, blanks and odd signs in place of hyphens, numbers that lost their zero or their plus.
 */
export function disguises(text: string, manifest: boolean): readonly string[] {
  const plain = plainText(text);
  const joined = joinedDigits(plain);
  const others = [plain, joined, ...prefixed(plain.trim())];
  if (manifest) others.push(joinedDigits(wordsApart(plain)));
  return [...new Set(others)].filter((other) => other !== text);
}

/** A name of a release joins words with hyphens and underscores; a number must not hide behind one. */
function wordsApart(name: string): string {
  const parts = name.split(/[-_]/);
  return parts.map((part, at) => (at === parts.length - 1 ? part : `${part}${/[A-Za-z]/.test(part) ? ' ' : '-'}`)).join('');
}

/** NFKC, without what nobody sees, marks on top of letters left out, digits of all scripts as 0 to 9, all blanks one blank. */
function plainText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Mn}\p{Me}]/gu, '')
    .replace(/[\p{Z}\p{Cc}\u2800]+/gu, ' ')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => String(valueOf(digit.codePointAt(0)!)));
}

/** Decimal digits of a script stand in a row from 0 to 9 (a promise of Unicode), so the value is how far the row goes back. */
function valueOf(digit: number): number {
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(digit - value - 1))) value++;
  return value;
}

/** Signs that no numbering uses, read as the one that people mean. */
function joinedDigits(plain: string): string {
  return plain
    .replace(/(?<=[0-9]) ?[\p{Pd}\u2212_:;,|*'’\\/•·]{1,3} ?(?=[0-9])/gu, '-')
    .replace(/(?<=[0-9A-Za-z])[。｡](?=[0-9A-Za-z])/gu, '.')
    .replace(/(?<=[0-9A-Za-z]) ?[([{] ?(?:[aA][tT]?|@) ?[)\]}] ?(?=[0-9A-Za-z])/gu, '@');
}

/** A bare run of digits with the zero or the plus that a number type takes away. What reads as an hour, a minute or a JAN code is none. */
function prefixed(digits: string): readonly string[] {
  if (/^[0-9]{10}$/.test(digits)) return isMoment(digits) ? [] : [`0${digits}`];
  if (/^[0-9]{11,13}$/.test(digits)) return isMoment(digits) || isProductCode(digits) ? [] : [`+${digits}`];
  return [];
}

/** `YYYYMMDDHH`, `YYYYMMDDHHMM`. */
const isMoment = (digits: string): boolean => /^(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[01][0-9]|2[0-3])(?:[0-5][0-9])?$/.test(digits);

/** A Japanese article or a book: JAN and ISBN with the right check digit. */
function isProductCode(digits: string): boolean {
  if (!/^(?:4[59]|97[89])[0-9]{10,11}$/.test(digits) || digits.length !== 13) return false;
  let sum = 0;
  for (let at = 0; at < 13; at++) sum += Number(digits[at]) * (at % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** A reading of a tuple as one text. `guessed`: a zero or plus that is not there was put before it. */
export interface Reading {
  readonly text: string;
  readonly guessed: boolean;
}

/** A tuple as a reader sees it: its parts in a row, or with hyphens, and runs of its digits with the zero or the plus that numbers lose. */
export function readingsOf(parts: readonly unknown[]): readonly Reading[] {
  const seen = parts.filter((part) => typeof part === 'string' || typeof part === 'number').map((part) => plainText(String(part)).trim());
  const readings = ['', '-'].map((between) => ({ text: seen.join(between), guessed: false }));
  for (let from = 0; from < seen.length; from++) {
    let to = from;
    while (to < seen.length && /^[0-9]+$/.test(seen[to]!)) to++;
    if (to - from > 1) readings.push({ text: `0${seen.slice(from, to).join('-')}`, guessed: true }, { text: `+${seen.slice(from, to).join('-')}`, guessed: true });
    from = Math.max(from, to);
  }
  return readings;
}
