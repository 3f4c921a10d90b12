import { TokumeiError } from '../../core/errors.js';
import { token } from '../../core/holders/withheld.js';
import type { PrivacyMeasure } from '../../core/guarantee.js';
import { divide, type Shares } from './shares.js';
import type { Spend } from './spend.js';

let makeSlice!: <Unit extends string>(unit: Unit, name: string, spend: Spend, account?: string) => Slice<Unit>;
let peek!: (slice: unknown, where: string) => { readonly slice: Slice<string>; readonly spend: Spend };
let mark!: (slice: Slice<string>, where: string, as: 'spent' | 'split') => void;
let makeBudget!: <Unit extends string>(unit: Unit, spend: Spend, account?: string) => Budget<Unit>;

/**
 * A part of a privacy budget that one call may spend, once.
 *
 * Made by `privacyBudget(…).split(…)`; given to an aggregate as `spend`. The aggregate consumes it before it reads
 * data and it stays consumed when the call then fails: nothing is ever refunded. Its numbers are public.
 */
export class Slice<Unit extends string> {
  /** For the type system alone; no such property exists. */
  declare readonly '~types': { readonly unit: Unit };
  readonly unit: Unit;
  /** The name given in `split`, or `budget` for a budget spent whole. */
  readonly name: string;
  readonly measure: PrivacyMeasure;
  /** Absent where the account is kept in zCDP. */
  declare readonly epsilon?: number;
  readonly delta: number;
  /** Only where the account is kept in zCDP. */
  declare readonly rho?: number;
  /** The ledger account that recorded the whole budget before this slice existed; absent without a ledger. */
  declare readonly account?: string;
  readonly #spend: Spend;
  #state: 'unspent' | 'spent' | 'split' = 'unspent';

  protected constructor(proof: typeof token, unit: Unit, name: string, spend: Spend, account: string | undefined) {
    if (proof !== token) throw new TokumeiError('TOKUMEI_CONSTRUCTOR', { where: 'Slice', message: 'is made by privacyBudget() only' });
    this.unit = unit;
    this.name = name;
    this.measure = spend.measure;
    if (spend.measure === 'zcdp') this.rho = spend.rho;
    else this.epsilon = spend.epsilon;
    this.delta = spend.delta;
    if (account !== undefined) this.account = account;
    this.#spend = Object.freeze({ ...spend });
    Object.freeze(this);
  }

  static {
    makeSlice = (unit, name, spend, account) => new Slice(token, unit, name, spend, account);
    peek = (value, where) => {
      if (typeof value === 'object' && value !== null && #state in value) return { slice: value, spend: value.#spend };
      throw new TokumeiError('TOKUMEI_SLICE', {
        where,
        message: 'spend must be a slice of privacyBudget(…).split(…), or an unsplit budget, of this same copy of tokumei',
      });
    };
    mark = (slice, where, as) => {
      if (slice.#state === 'split') {
        throw new TokumeiError('TOKUMEI_BUDGET_SPLIT', { where, message: 'the budget was split before: spend its slices; a budget is split once' });
      }
      if (slice.#state === 'spent') {
        throw new TokumeiError('TOKUMEI_SLICE_SPENT', {
          where,
          message: `slice '${slice.name}' was spent before: a slice pays for one call, and nothing is refunded`,
        });
      }
      slice.#state = as;
    };
  }
}

/**
 * What all the releases of a plan may cost one unit together. Spend it whole, or split it once and spend the slices.
 */
export class Budget<Unit extends string> extends Slice<Unit> {
  private constructor(proof: typeof token, unit: Unit, spend: Spend, account: string | undefined) {
    super(proof, unit, 'budget', spend, account);
  }

  /**
   * Divides the budget into named slices by share.
   *
   * A share is a number for all of the budget's parameters, or one for each: `{ epsilon: 0.2, delta: 0 }` for a
   * call that needs no delta. Shares are above zero (delta's may be zero) and sum to at most 1; what is not given
   * out is not spent. The slices' numbers never sum above the budget, in exact arithmetic: where rounding would
   * make them, the largest is lowered.
   *
   * @throws {TokumeiError} `TOKUMEI_SHARES` for shares that are not positive or sum to more than 1;
   *   `TOKUMEI_BUDGET_SPLIT` when the budget was split before; `TOKUMEI_SLICE_SPENT` when it was spent whole.
   * @example
   * const { chart, totals } = privacyBudget({ unit: 'user', epsilon: 1, delta: 1e-6 }).split({ chart: 0.75, totals: 0.25 });
   * [chart.epsilon, totals.epsilon]; // => [0.75, 0.25]
   */
  split<const S extends Shares>(shares: S): { readonly [Name in keyof S]: Slice<Unit> } {
    const { slice, spend } = peek(this, 'split');
    const parts = divide(spend, shares, 'split');
    mark(slice, 'split', 'split');
    // Without a prototype, so that no name means anything but the slice it names.
    const slices = Object.create(null) as Record<string, Slice<Unit>>;
    for (const [name, part] of parts) {
      Object.defineProperty(slices, name, { value: makeSlice(this.unit, name, part, this.account), enumerable: true });
    }
    return Object.freeze(slices) as { readonly [Name in keyof S]: Slice<Unit> };
  }

  static {
    makeBudget = (unit, spend, account) => new Budget(token, unit, spend, account);
  }
}

/**
 * What a slice may spend, without spending it: for checks of options, when a stage's factory is called.
 *
 * @throws {TokumeiError} `TOKUMEI_SLICE` for anything that is not a slice of this copy of the library.
 */
export function readSlice(slice: unknown, where: string): Spend {
  return peek(slice, where).spend;
}

/**
 * Spends a slice: the only way to use one. Call it before any data is read, and never more than once per call.
 *
 * @throws {TokumeiError} `TOKUMEI_SLICE`, `TOKUMEI_UNIT_MISMATCH`, `TOKUMEI_SLICE_SPENT`, `TOKUMEI_BUDGET_SPLIT`.
 */
export function consumeSlice<Unit extends string>(value: Slice<Unit>, unit: Unit, where: string): Spend {
  const { slice, spend } = peek(value, where);
  if (slice.unit !== unit) {
    throw new TokumeiError('TOKUMEI_UNIT_MISMATCH', {
      where,
      message: `the slice is a budget per '${slice.unit}', the records are per '${unit}'`,
    });
  }
  mark(slice, where, 'spent');
  return spend;
}

export { makeBudget, makeSlice };
