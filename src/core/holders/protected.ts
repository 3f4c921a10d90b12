import { TokumeiError } from '../errors.js';
import type { Guarantee } from '../guarantee.js';
import type { OperatorReport } from '../operatorReport.js';
import type { Statement } from '../statement.js';
import { showInConsole, token } from './withheld.js';

/** What a `Protected` carries. The statement is public once released; the report is the operator's and never released. */
export interface ProtectedPayload<T> {
  readonly value: T;
  readonly statement: Statement;
  /** False when any bit of noise or any choice came from something else than the platform's generator. */
  readonly secure: boolean;
  readonly report?: OperatorReport;
  /**
   * Guarantees that do not survive comparison bring their own check against what was published before:
   * it returns what a reader could derive, in words without figures, and nothing when all is well.
   */
  readonly crossCheck?: (next: PublishedLike, previous: readonly PublishedLike[]) => readonly string[];
}

/** The shape of a release, as far as comparing releases needs it. */
export interface PublishedLike {
  readonly data: unknown;
  readonly manifest: object;
}

type Make = <T, G extends Guarantee>(guarantee: G, payload: ProtectedPayload<T>) => Protected<T, G>;
type Open = <T, G extends Guarantee>(value: Protected<T, G>, where: string) => ProtectedPayload<T>;

let make!: Make;
let open!: Open;

/**
 * A result under a guarantee, not yet published.
 *
 * Made by aggregates, shaped by rankings and other stages that keep its guarantee, opened by `release()` alone.
 * It shows its guarantee and not its value, so that nothing leaves without a manifest and the guard.
 */
export class Protected<T, G extends Guarantee> {
  /** For the type system alone; no such property exists. */
  declare readonly '~types': { readonly value: T; readonly guarantee: G };
  /** What is promised, in public parameters. */
  readonly guarantee: G;
  readonly #payload: ProtectedPayload<unknown>;

  private constructor(proof: typeof token, guarantee: G, payload: ProtectedPayload<T>) {
    if (proof !== token) throw new TokumeiError('TOKUMEI_CONSTRUCTOR', { where: 'Protected', message: 'is made by aggregates only' });
    this.guarantee = Object.freeze({ ...guarantee } as G);
    this.#payload = payload;
    Object.freeze(this);
  }

  toJSON(): string {
    return '[Protected: withheld until release()]';
  }
  toString(): string {
    return '[Protected: withheld until release()]';
  }
  [Symbol.toPrimitive](): string {
    return '[Protected: withheld until release()]';
  }

  static {
    showInConsole(Protected.prototype, (self) => `[Protected: withheld until release(), ${self.guarantee?.kind ?? 'prototype'}]`);
    make = (guarantee, payload) => new Protected(token, guarantee, payload);
    open = <T, G extends Guarantee>(value: Protected<T, G>, where: string) => {
      if (typeof value === 'object' && value !== null && #payload in value) return value.#payload as ProtectedPayload<T>;
      throw new TokumeiError('TOKUMEI_NOT_PROTECTED', {
        where,
        message: 'expects the result of an aggregate (dpCountUnits, kCountUnits, rankGroups, …) of this same copy of tokumei',
      });
    };
  }
}

export { make as makeProtected, open as openProtected };
