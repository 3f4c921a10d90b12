/** A piece of a plan: a set of digits as ten bits, so many free digits, or alternatives. */
type Item = { digits: number } | { free: number } | Item[][];

/** A place in a plan: which digits lead on, and to where; or an end, with the uses that end here. */
interface State {
  readonly id: number;
  readonly digits: number;
  readonly next: readonly State[];
  readonly accept: number;
}

/** A set of places that the same digits lead to. Made when a number first gets there. */
interface Step {
  readonly states: readonly State[];
  readonly accept: number;
  readonly next: (Step | null | undefined)[];
}

const ANY = 0x3ff;

/**
 * The digits that a region has assigned, read from the notation of `tools/numbering-regions.mjs`: segments by `;`, each a
 * letter for the use and alternatives of digits, `[classes]`, `(groups|…)` and letters for so many free digits (a = 1).
 * Asking costs one step per digit, whatever the plan.
 */
export class Plan {
  /** Lengths of national numbers, as bits. */
  readonly lengths: number;
  private readonly root: Step;
  private readonly steps: Map<string, Step> = new Map();

  constructor(plan: string) {
    const entry: State[] = [];
    let id = 0;
    let lengths = 0;
    const build = (items: readonly Item[], after: readonly State[]): readonly State[] => {
      let states = after;
      for (let i = items.length - 1; i >= 0; i--) {
        const item = items[i] as Item;
        if (Array.isArray(item)) {
          const then = states;
          states = item.flatMap((alternative) => build(alternative, then));
        } else if ('free' in item) {
          for (let n = 0; n < item.free; n++) states = [{ id: id++, digits: ANY, next: states, accept: 0 }];
        } else states = [{ id: id++, digits: item.digits, next: states, accept: 0 }];
      }
      return states;
    };
    for (const segment of plan === '' ? [] : plan.split(';')) {
      const alternatives = parse(segment.slice(1));
      lengths |= lengthsOf(alternatives);
      entry.push(...build([alternatives], [{ id: id++, digits: 0, next: [], accept: useBit(segment.charAt(0)) }]));
    }
    this.lengths = lengths;
    this.root = this.step(entry);
  }

  /** The uses (see {@link useBit}) of the number made of the digits `from` to `to`; 0 when it is not assigned. */
  uses(digits: Uint8Array, from: number, to: number): number {
    let step: Step = this.root;
    for (let i = from; i < to; i++) {
      const d = digits[i] as number;
      let next = step.next[d];
      if (next === undefined) {
        const states = step.states.flatMap((s) => ((s.digits & (1 << d)) === 0 ? [] : s.next));
        next = states.length === 0 ? null : this.step(states);
        step.next[d] = next;
      }
      if (next === null) return 0;
      step = next;
    }
    return step.accept;
  }

  private step(states: readonly State[]): Step {
    const unique = [...new Map(states.map((s) => [s.id, s])).values()].sort((a, b) => a.id - b.id);
    const key = unique.map((s) => s.id).join();
    let step = this.steps.get(key);
    if (step === undefined) {
      step = { states: unique, accept: unique.reduce((bits, s) => bits | s.accept, 0), next: [] };
      this.steps.set(key, step);
    }
    return step;
  }
}

const USES = 'fmtpnougvs';
const KINDS = ['fixed-line', 'mobile', 'freephone', 'premium', 'personal', 'voicemail', 'universal', 'pager', 'ip-phone', 'shared-cost'];

/** A letter's bit; b stands for fixed lines and mobile phones in one. */
function useBit(letter: string): number {
  return letter === 'b' ? 3 : 1 << USES.indexOf(letter);
}

/** The name of a set of uses; fixed lines and mobile phones share their numbers in some regions. */
export function kindOf(uses: number): string {
  if ((uses & 3) === 3) return 'fixed-or-mobile';
  for (let i = 0; i < KINDS.length; i++) if ((uses & (1 << i)) !== 0) return KINDS[i] as string;
  return 'unspecified';
}

function parse(source: string): Item[][] {
  let at = 0;
  const alternatives = (): Item[][] => {
    const list: Item[][] = [[]];
    while (at < source.length) {
      const c = source.charAt(at++);
      const items = list[list.length - 1] as Item[];
      if (c === '|') list.push([]);
      else if (c === ')') break;
      else if (c === '(') items.push(alternatives());
      else if (c === '[') {
        const end = source.indexOf(']', at);
        items.push({ digits: classOf(source.slice(at, end)) });
        at = end + 1;
      } else if (c >= 'a') items.push({ free: c.charCodeAt(0) - 96 });
      else items.push({ digits: 1 << Number(c) });
    }
    return list;
  };
  return alternatives();
}

function classOf(text: string): number {
  let digits = 0;
  for (const [, a, b] of text.matchAll(/(\d)(?:-(\d))?/g)) for (let d = Number(a); d <= Number(b ?? a); d++) digits |= 1 << d;
  return digits;
}

/** The lengths that alternatives can have, as bits. */
function lengthsOf(alternatives: readonly (readonly Item[])[]): number {
  let all = 0;
  for (const items of alternatives) {
    let sums = 1;
    for (const item of items) {
      const lengths = Array.isArray(item) ? lengthsOf(item) : 'free' in item ? 1 << item.free : 2;
      let next = 0;
      for (let n = 0; n < 20; n++) if ((lengths & (1 << n)) !== 0) next |= sums << n;
      sums = next;
    }
    all |= sums;
  }
  return all;
}
