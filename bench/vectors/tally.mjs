// What a run over reference cases found: how many passed, which were skipped and why, which failed.

export class Tally {
  cases = 0;
  passed = 0;
  skipped = 0;
  reasons = {};
  failed = [];
  #file = '';

  file(name) {
    this.#file = name;
  }

  /** One reference case. `test` returns nothing, or what is wrong; what it throws is wrong, too. */
  check(id, test) {
    this.cases++;
    let wrong;
    try {
      wrong = test();
    } catch (error) {
      wrong = `threw ${error.code ?? error}`;
    }
    if (wrong === undefined) this.passed++;
    else this.failed.push(`${this.#file} ${id}: ${wrong}`);
  }

  skip(reason, count = 1) {
    this.cases += count;
    this.skipped += count;
    this.reasons[reason] = (this.reasons[reason] ?? 0) + count;
  }

  result() {
    const { cases, passed, skipped, reasons, failed } = this;
    return { cases, passed, skipped, reasons, failed };
  }
}

/** Undefined where a figure is right, else what is wrong. Relative to the expected figure, plus an absolute part where one is given. */
export function near(got, want, relative, absolute = 0) {
  if (got === want) return undefined;
  if (Math.abs(got - want) <= relative * Math.abs(want) + absolute) return undefined;
  return `got ${got}, expected ${want}`;
}

/** The first complaint of several. */
export function all(...complaints) {
  return complaints.find((complaint) => complaint !== undefined);
}

export function refuses(call) {
  try {
    call();
  } catch (error) {
    return String(error.code).startsWith('TOKUMEI_') ? undefined : `threw ${error}`;
  }
  return 'was not refused';
}

/** Numbers of JSON, where NaN and the infinities are written as text. */
export function number(value) {
  if (typeof value === 'number') return value;
  return { NaN, nan: NaN, Infinity: Infinity, inf: Infinity, '-Infinity': -Infinity, '-inf': -Infinity }[value] ?? Number(value);
}
