import { TokumeiError } from '../../../core/errors.js';

export interface ReidentificationOptions {
  /** Size of each class in the population, for the journalist's and marketer's risk. Default: the table is the population. */
  readonly population?: ArrayLike<number>;
  /** Rows with a risk above this are at risk. No default. */
  readonly threshold: number;
}

/** Risk of released rows; suppressed ones must not be among the classes. */
export interface ReidentificationRisk {
  /** Somebody who knows that a person is in the table: 1 by class size. */
  readonly prosecutor: { readonly highest: number; readonly average: number; readonly atRisk: number };
  /** Somebody who knows that a person is in the population. */
  readonly journalist: { readonly highest: number; readonly average: number; readonly atRisk: number };
  /** Share of rows that somebody who links all of them gets right on average. */
  readonly marketer: number;
}

/**
 * Prosecutor, journalist and marketer risk of classes (El Emam 2013), as ARX reports them.
 *
 * The average is over rows: classes by rows (pycanon's `average_rir` is over classes, a different number).
 *
 * @throws {TokumeiError} `TOKUMEI_RISK`
 * @example
 * reidentificationRisk([2, 5, 5], { threshold: 0.3 }).prosecutor.highest; // => 0.5
 */
export function reidentificationRisk(sizes: ArrayLike<number>, { population, threshold }: ReidentificationOptions): ReidentificationRisk {
  const where = 'reidentificationRisk';
  if (!(typeof threshold === 'number' && threshold > 0 && threshold <= 1)) throw new TokumeiError('TOKUMEI_RISK', { where, parameter: 'threshold', expected: 'a risk above 0, up to 1', received: threshold });
  if (population !== undefined && population.length !== sizes.length) throw new TokumeiError('TOKUMEI_RISK', { where, message: 'population needs one size for each class' });
  let rows = 0;
  let classes = 0;
  let people = 0;
  let linked = 0;
  const highest = { prosecutor: 0, journalist: 0 };
  const exposed = { prosecutor: 0, journalist: 0 };
  for (let c = 0; c < sizes.length; c++) {
    const f = sizes[c]!;
    if (f === 0) continue;
    const F = population?.[c] ?? f;
    if (!Number.isSafeInteger(f) || f < 0 || !(F >= f)) throw new TokumeiError('TOKUMEI_RISK', { where, message: 'sizes are whole numbers, and none is above its size in the population' });
    rows += f;
    classes++;
    people += F;
    linked += f / F;
    highest.prosecutor = Math.max(highest.prosecutor, 1 / f);
    highest.journalist = Math.max(highest.journalist, 1 / F);
    if (1 / f > threshold) exposed.prosecutor += f;
    if (1 / F > threshold) exposed.journalist += f;
  }
  const share = (part: number, all: number): number => (all === 0 ? 0 : part / all);
  const marketer = share(linked, rows);
  return {
    prosecutor: { highest: highest.prosecutor, average: share(classes, rows), atRisk: share(exposed.prosecutor, rows) },
    journalist: { highest: highest.journalist, average: Math.max(share(classes, people), marketer), atRisk: share(exposed.journalist, rows) },
    marketer,
  };
}
