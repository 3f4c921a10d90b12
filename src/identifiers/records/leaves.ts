import { runPasses } from '../treat/compile.js';
import type { Finding } from '../types.js';
import { findInField } from './fieldFindings.js';
import type { Place } from './place.js';
import type { Leaves } from './walk.js';

/**
 * Treats the values of a record. `numbers` says what stands for a number that was an identifier: its treatment as
 * text, or NaN (null for a bigint) where the column must stay a column of numbers.
 */
export function treatLeaves(root: Place, numbers: 'text' | 'missing'): Leaves {
  return {
    text: treatText,
    number: (value, place) => {
      // A fraction, NaN or an exponent is no identifier; what has a sign is none either.
      if (typeof value === 'number' && !Number.isSafeInteger(value)) return place.rule?.action === 'whole' ? missing(value, treatText(String(value), place), numbers) : value;
      if (value > -1e8 && value < 1e8 && place.shortNumbersAreClear) return value;
      const text = String(value);
      const treated = treatText(text, place);
      return treated === text ? value : missing(value, treated, numbers);
    },
    key: (key) => treatText(key, root),
  };
}

function missing(value: number | bigint, treated: string, numbers: 'text' | 'missing'): unknown {
  if (numbers === 'text') return treated;
  return typeof value === 'bigint' ? null : NaN;
}

function treatText(text: string, place: Place): string {
  const [first, ...rechecks] = place.treatment.passes;
  const findings = findInField(text, place);
  if (place.rule?.action === 'whole') return text.trim() === '' ? text : first!.replace(text, [wholeFinding(text, findings, place)], 0, text.length);
  if (findings.length === 0) return text;
  return runPasses(first!.replace(text, findings, 0, text.length), rechecks);
}

/** The one finding that stands for the whole value. */
function wholeFinding(text: string, findings: readonly Finding[], place: Place): Finding {
  const trimmed = text.trim();
  const start = text.indexOf(trimmed);
  const [only] = findings;
  if (findings.length === 1 && only !== undefined && only.start <= start && only.end >= start + trimmed.length) return { ...only, start: 0, end: text.length };
  return { class: place.rule!.class!, kind: 'unspecified', start: 0, end: text.length, canonical: trimmed, score: 1, flags: [] };
}
