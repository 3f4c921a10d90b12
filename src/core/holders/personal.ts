import { TokumeiError } from '../errors.js';
import { showInConsole, token } from './withheld.js';

type Make = <Row, Unit extends string>(payload: object) => Personal<Row, Unit>;
type Open = (value: unknown, where: string) => object;

let make!: Make;
let open!: Open;

/**
 * Records of people, on their way to an aggregate.
 *
 * Made by the doors (`personal`, `personalColumns`, `personalTable`, `collectPersonal`) and read by aggregates
 * alone. It shows no row: not in JSON, not by spreading, not in the console, not through its constructor.
 * The only way on is an aggregate that states a guarantee.
 */
export class Personal<Row, Unit extends string> {
  /** For the type system alone; no such property exists. */
  declare readonly '~types': { readonly row: Row; readonly unit: Unit };
  readonly #payload: object;

  private constructor(proof: typeof token, payload: object) {
    if (proof !== token) throw new TokumeiError('TOKUMEI_CONSTRUCTOR', { where: 'Personal', message: 'is made by personal() and its sisters only' });
    this.#payload = payload;
    Object.freeze(this);
  }

  toJSON(): string {
    return '[Personal: withheld]';
  }
  toString(): string {
    return '[Personal: withheld]';
  }
  [Symbol.toPrimitive](): string {
    return '[Personal: withheld]';
  }

  static {
    showInConsole(Personal.prototype, () => '[Personal: withheld]');
    make = (payload) => new Personal(token, payload);
    open = (value, where) => {
      if (typeof value === 'object' && value !== null && #payload in value) return value.#payload;
      throw new TokumeiError('TOKUMEI_NOT_PERSONAL', {
        where,
        message: 'expects records from personal() (or personalColumns, personalTable, collectPersonal) of this same copy of tokumei',
      });
    };
  }
}

export { make as makePersonal, open as openPersonal };
