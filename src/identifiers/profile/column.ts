import type { Finding, IdentifierClass } from '../types.js';

/** One class in one column. */
export interface ClassInColumn {
  /** Values with a finding of this class. */
  readonly values: number;
  /** Findings of this class. */
  readonly findings: number;
  /** Values that are one finding of this class and nothing else. */
  readonly whole: number;
  /** Findings by kind. */
  readonly kinds: Readonly<Record<string, number>>;
  /** The findings' scores: how sure, from 0 to 1. */
  readonly score: { readonly lowest: number; readonly mean: number };
}

/** One column of the data, by the path of its field: `user.tel`, `tags[]`, `(row)` for the row itself. */
export interface ColumnProfile {
  readonly column: string;
  /** Texts and numbers in the column. */
  readonly values: number;
  /** Values with a finding of any class. */
  readonly found: number;
  /** Field names in this object that hold an identifier themselves (they are labelled in `column`). */
  readonly keysFound: number;
  /**
   * `identifier`: nine values in ten are one identifier and nothing else; `text`: identifiers stand among other text;
   * `clear`: none was found, which is no proof that there is none.
   */
  readonly holds: 'identifier' | 'text' | 'clear';
  readonly classes: Readonly<Partial<Record<IdentifierClass, ClassInColumn>>>;
}

interface Tally {
  values: number;
  findings: number;
  whole: number;
  lowest: number;
  sum: number;
  readonly kinds: Map<string, number>;
}

/** Counts what is found in one column. */
export class ColumnTally {
  values = 0;
  found = 0;
  whole = 0;
  keysFound = 0;
  readonly #classes = new Map<IdentifierClass, Tally>();

  add(text: string, findings: readonly Finding[]): void {
    this.values++;
    if (findings.length === 0) return;
    this.found++;
    const [only] = findings;
    const whole = findings.length === 1 && text.slice(0, only!.start).trim() === '' && text.slice(only!.end).trim() === '';
    if (whole) this.whole++;
    const seen = new Set<IdentifierClass>();
    for (const finding of findings) {
      const tally = this.#tally(finding.class);
      tally.findings++;
      tally.sum += finding.score;
      tally.lowest = Math.min(tally.lowest, finding.score);
      tally.kinds.set(finding.kind, (tally.kinds.get(finding.kind) ?? 0) + 1);
      if (!seen.has(finding.class)) tally.values++;
      if (whole) tally.whole++;
      seen.add(finding.class);
    }
  }

  profile(column: string): ColumnProfile {
    const holds = this.found === 0 ? 'clear' : this.whole >= 0.9 * this.values ? 'identifier' : 'text';
    const classes = [...this.#classes].map(([cls, t]) => {
      const score = { lowest: t.lowest, mean: t.sum / t.findings };
      return [cls, { values: t.values, findings: t.findings, whole: t.whole, kinds: Object.fromEntries(t.kinds), score }] as const;
    });
    return { column, values: this.values, found: this.found, keysFound: this.keysFound, holds, classes: Object.fromEntries(classes) };
  }

  #tally(cls: IdentifierClass): Tally {
    let tally = this.#classes.get(cls);
    if (tally === undefined) {
      tally = { values: 0, findings: 0, whole: 0, lowest: 1, sum: 0, kinds: new Map() };
      this.#classes.set(cls, tally);
    }
    return tally;
  }
}
