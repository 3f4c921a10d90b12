import { OperatorReport } from '../../../core/operatorReport.js';
import type { IdentifierClass } from '../../types.js';
import type { StatefulTreatment } from '../types.js';

/** How many findings there were, by class and kind. */
export interface IdentifierCounts {
  readonly found: number;
  readonly classes: Readonly<Partial<Record<IdentifierClass, Readonly<Record<string, number>>>>>;
}

/** {@link countOnly}: a treatment, and the figures that it has gathered. */
export interface CountingTreatment extends StatefulTreatment {
  /** What was counted until now. For the operator: `release()` refuses it. */
  readonly report: () => OperatorReport<IdentifierCounts>;
}

/**
 * Counts the findings and leaves the text as it is: to learn what is in a data set before choosing a treatment.
 *
 * The text stays personal data. The counts are exact figures about it and come as an {@link OperatorReport}. The
 * tally goes on over all texts that pass through; make a new one to start again.
 *
 * @example
 * const tally = countOnly();
 * treat({ 'mail-address': tally })('yamada@example.com');
 * tally.report().figures; // => { found: 1, classes: { 'mail-address': { pc: 1 } } }
 */
/* @__NO_SIDE_EFFECTS__ */
export function countOnly(): CountingTreatment {
  const tally = new Map<IdentifierClass, Map<string, number>>();
  return {
    name: 'countOnly',
    scope: 'across-rows',
    edges: 'clear',
    settings: {},
    replace: (finding, written) => {
      const kinds = tally.get(finding.class) ?? new Map<string, number>();
      tally.set(finding.class, kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1));
      return written;
    },
    report: () => {
      let found = 0;
      for (const kinds of tally.values()) for (const n of kinds.values()) found += n;
      return new OperatorReport({ found, classes: Object.fromEntries([...tally].map(([cls, kinds]) => [cls, Object.fromEntries(kinds)])) });
    },
  };
}
