const ALWAYS = ['that the publisher used this code, and on all the data it speaks of', 'that period, population and unit are what the release says'];

const COUNTED = 'that a count is of so many different units';

/** By mechanism, what only somebody with the data could find out. */
const BY_MECHANISM: ReadonlyMap<unknown, readonly string[]> = /* @__PURE__ */ new Map([
  ['threshold on distinct units', [COUNTED, 'what other releases about the same people give away: auditReleases looks at those']],
  ['noise by cell key', ['that the noise was drawn by the stated law, and by one secret key']],
  [
    'threshold on distinct units with secondary suppression',
    [COUNTED, 'which withheld counts are below k and which protect others, and so what is promised of those whose totals may be small, or that have parts', 'what somebody who is alone in a cell can work out', 'what other releases about the same people give away: auditReleases looks at those'],
  ],
  [
    'rules on contributions with secondary suppression',
    ['how many contribute to a sum, and how much the largest of them', 'which withheld sums break a rule, and so whether each keeps its interval', 'what somebody who is alone in a cell can work out', 'what other releases about the same people give away: auditReleases looks at those'],
  ],
]);

export const notCheckedOf = (mechanism: unknown): readonly string[] => [...ALWAYS, ...(BY_MECHANISM.get(mechanism) ?? ['that the noise was drawn by the stated law', 'that edges, ranks and bounds were those that were used'])];
