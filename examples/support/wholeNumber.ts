/** Digits, with a minus sign or without, as far as a number is exact; else undefined. */
export function wholeNumber(text: string): number | undefined {
  const number = /^-?\d+$/.test(text) ? Number(text) + 0 : NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
