import { TokumeiError } from '../../core/errors.js';
import type { Pass } from '../treat/compile.js';

/** How far a finding can reach and be reached, in UTF-16 units: see `limits.ts`. */
export interface Reach {
  readonly longest: number;
  readonly context: number;
}

/**
 * One pass over a text that arrives in pieces, with the same output as the pass over the whole text.
 *
 * Write m for the longest finding and c for the context. A finding depends on the text up to c units after its end, so
 * a unit at p belongs to no finding that is still unknown once the text up to p + m + c is there: everything before
 * `length - m - c` is settled, and so is a finding that begins before that place, because it ends within m of it. The
 * pass hands on up to the end of such a finding, and never more than m + c units stay behind.
 *
 * What was handed on stays in the buffer for m + c units as context for what follows. A finding that the cut of the
 * buffer could have changed begins within c of the cut and so ends before what is still to be handed on; all others are
 * those of the whole text.
 */
export class StreamPass {
  readonly #pass: Pass;
  readonly #longest: number;
  readonly #keep: number;
  /** Findings that may still come: a limit is for the whole text. */
  #left: number;
  #buffer = '';
  /** Units at the start of the buffer that have been handed on. */
  #done = 0;

  constructor(pass: Pass, reach: Reach, maxFindings: number) {
    this.#pass = pass;
    this.#left = maxFindings;
    this.#longest = reach.longest;
    this.#keep = reach.longest + reach.context;
  }

  /** Takes the next piece and gives what is settled by now, possibly nothing. */
  push(piece: string): string {
    this.#buffer += piece;
    const settled = this.#buffer.length - this.#keep;
    return settled > this.#done ? this.#advance(settled) : '';
  }

  /** Gives the rest: nothing follows any more. */
  finish(): string {
    return this.#advance(this.#buffer.length);
  }

  #advance(settled: number): string {
    const text = this.#buffer;
    const done = this.#done;
    let to = settled;
    const findings = [];
    for (const finding of this.#pass.find(text)) {
      if (finding.end <= done) continue;
      if (finding.start >= to) break;
      if (finding.start < done || finding.end - finding.start > this.#longest) refuseReach();
      if (--this.#left < 0) refuseMore();
      findings.push(finding);
      if (finding.end > to) to = finding.end;
    }
    // Half of a surrogate pair would be lost on its way through an encoder.
    if (to < text.length && isHigh(text.charCodeAt(to - 1)) && isLow(text.charCodeAt(to)) && to - 1 >= (findings.at(-1)?.end ?? done)) to--;
    const out = this.#pass.replace(text, findings, done, to);
    const cut = Math.max(0, to - this.#keep);
    this.#buffer = text.slice(cut);
    this.#done = to - cut;
    return out;
  }
}

function refuseReach(): never {
  throw new TokumeiError('TOKUMEI_STREAM_REACH', { where: 'treatStream', message: 'a finding is longer than its detector stated, or reaches into what was handed on; nothing more is handed on' });
}

function refuseMore(): never {
  throw new TokumeiError('TOKUMEI_FINDINGS_LIMIT', { where: 'treatStream', message: 'more findings than maxFindings; nothing more is handed on' });
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
