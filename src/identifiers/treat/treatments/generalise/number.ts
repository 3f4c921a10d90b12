import type { Finding } from '../../../types.js';
import { areaDigits } from './areaCodesJp.js';

/** The area code of a Japanese fixed line, with its leading zero: `[03-*]`. */
export function generaliseNumber(finding: Finding): string | undefined {
  if (finding.kind !== 'fixed-line') return undefined;
  const national = /^\+81([1-9]\d{8})$/.exec(finding.canonical)?.[1];
  return national === undefined ? undefined : `[0${national.slice(0, areaDigits(national))}-*]`;
}
