import { TokumeiError } from './errors.js';
import { showInConsole } from './holders/withheld.js';

/**
 * What only the operator may see: how many rows or groups were dropped, attained k, scores of a search.
 *
 * These are exact figures about private data. `release()` and manifests refuse a report; it does not turn
 * into JSON by accident. Read `report.figures` and keep them inside.
 */
export class OperatorReport<T extends object = Readonly<Record<string, unknown>>> {
  readonly #figures: T;

  constructor(figures: T) {
    this.#figures = Object.freeze({ ...figures });
    Object.freeze(this);
  }

  /** The exact figures. Not protected: never publish them. */
  get figures(): T {
    return this.#figures;
  }
  toJSON(): never {
    throw new TokumeiError('TOKUMEI_OPERATOR_REPORT', { where: 'OperatorReport', message: 'is not for publication; read .figures where it stays inside' });
  }

  static {
    showInConsole(OperatorReport.prototype, () => '[OperatorReport: read .figures, keep it inside]');
  }
}
