// Space, dashes, parentheses, dots, slash, plus, middle dots and wave dashes, in the widths in which numbers are written.
const SEPARATORS = " -./()+_~:\u00a0\u00ad\u00b7\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u3000\u301c\u30fb\u30fc\ufe63\uff08\uff09\uff0b\uff0d\uff0e\uff0f\uff1a\uff5e\uff65\uff70";

/** Whether a UTF-16 unit separates the groups of a number. Everything else counts as part of the identifier. */
export function isSeparator(unit: number): boolean {
  // ASCII digits and letters, by far the most, need no search.
  if (unit >= 48 && unit < 0x80 && unit !== 58 && unit !== 95 && unit !== 126) return false;
  return SEPARATORS.includes(String.fromCharCode(unit));
}
