import type { Guarantee } from '../../src/core/guarantee.js';
import type { Statement } from '../../src/core/statement.js';

/** A statement with nothing in it, for tests that need some statement. */
export const statementFor = (guarantee: Guarantee, over: Partial<Statement> = {}): Statement => ({
  unit: guarantee.unit,
  by: ['item'],
  guarantee,
  mechanism: 'test',
  parameters: {},
  measures: [{ name: 'count', what: 'distinct users', noise: { law: 'none' }, step: 1 }],
  keys: { origin: 'none' },
  bounds: {},
  steps: [],
  accuracy: {},
  notCovered: [],
  ...over,
});
