import type { JapanNumbering } from '../numbering/jp.js';
import { CLOSE, type Groups, MIDDLE, OPEN, SLASH, SPACE } from './groups.js';

/** A use of the numbering plan, with the number of digits (leading 0 included) and the usual places of the separators. */
export interface Use {
  readonly kind: string;
  readonly digits: number;
  readonly area: number;
  readonly unassigned: boolean;
}

const use = (kind: string, digits: number, area = 0, unassigned = false): Use => ({ kind, digits, area, unassigned });

/** Where separators stand, counted in digits from the leading 0. The first is the usual form. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  mobile: ['3,7', '3'],
  'ip-phone': ['3,7', '3'],
  m2m: ['3,7', '3', '4,9', '5,9', '4,8,12', '4'],
  pager: ['3,7', '3'],
  freephone: ['4,7', '4,6', '4', '4,8', '6', '4,5,8', '4,6,8', '7'],
  'navi-dial': ['4,7', '4,6', '4', '4,6,8', '6'],
  premium: ['4,7', '4,6', '4', '4,6,8'],
  personal: ['3,6'],
};

/** The Japanese numbering plan, ready to be asked. */
export class Japan {
  /** Ten entries a node: 0 not assigned, below 0 the leaf's letter, above 0 the next node. */
  private readonly nodes: number[] = [];
  private readonly freephones: readonly string[];

  constructor(table: JapanNumbering) {
    let at = 0;
    const build = (): number => {
      const base = this.nodes.length;
      this.nodes.length = base + 10;
      for (let d = 0; d < 10; d++) {
        const c = table.trie.charCodeAt(at++);
        this.nodes[base + d] = c === 0x2e ? 0 : c === 0x28 ? build() : -c;
      }
      return base;
    };
    build();
    this.freephones = table.freephones.split(' ');
  }

  /**
   * The uses of a number whose digits after the leading 0 begin at `from`. Several when the length decides
   * (`060` + 8 is a mobile phone, + 7 an old personal number).
   */
  uses(g: Groups, from: number): Use[] {
    const total = g.sum[g.n - 1] as number;
    const d = (i: number): number => (from + i < total ? (g.digits[from + i] as number) : -1);
    if (d(0) === 0) return this.carrierFreephone(g, from, total);
    let node = 0;
    for (let depth = 0; depth < 7; depth++) {
      const digit = d(depth);
      if (digit < 0) return [];
      const next = this.nodes[node + digit] as number;
      if (next === 0) return this.unassigned(node, depth);
      if (next > 0) {
        node = next;
        continue;
      }
      const leaf = -next;
      if (leaf <= 0x34) return [use('fixed-line', 10, leaf - 0x30)];
      switch (leaf) {
        case 0x6d: // m
          return d(0) === 6 ? [use('mobile', 11), use('personal', 10)] : [use('mobile', 11)];
        case 0x76: // v
          return [use('ip-phone', 11)];
        case 0x66: // f: 0120 with 10 digits, 0800 with 11
          return [use('freephone', d(0) === 8 ? 11 : 10)];
        case 0x6e: // n
          return [use('navi-dial', 10)];
        case 0x70: // p
          return [use('premium', 10)];
        case 0x75: // u
          return [use('personal', 10)];
        default: // d: 0204 pagers, 0200 with 14 digits, the rest machines
          return d(2) === 4 ? [use('pager', 11)] : d(2) === 0 ? [use('m2m', 14), use('m2m', 11, 0, true)] : [use('m2m', 11)];
      }
    }
    return [];
  }

  /** A block that is not assigned, inside an area code or a service that is. */
  private unassigned(node: number, depth: number): Use[] {
    let area = 0;
    for (let d = 0; d < 10; d++) {
      const leaf = -(this.nodes[node + d] as number);
      if (leaf === 0x6d || leaf === 0x76) return [use(leaf === 0x6d ? 'mobile' : 'ip-phone', 11, 0, true)];
      if (leaf === 0x6e || leaf === 0x66) return [use(leaf === 0x6e ? 'navi-dial' : 'freephone', 10, 0, true)];
      if (leaf > 0x30 && leaf <= 0x34 && leaf - 0x30 <= depth) area = leaf - 0x30;
    }
    return area > 0 ? [use('fixed-line', 10, area, true)] : [];
  }

  private carrierFreephone(g: Groups, from: number, total: number): Use[] {
    const start = g.text(from - 1, Math.min(total, from + 6));
    for (const entry of this.freephones) {
      const prefix = /^\d+/.exec(entry)?.[0] ?? '';
      if (start.startsWith(prefix)) return [...entry.slice(prefix.length)].map((c) => use('freephone', c.charCodeAt(0) - 96)).reverse();
    }
    return [];
  }
}

/** 3: separators where they usually are; 2: some of them, or those of another area code; 1: none; 0: elsewhere. */
export function shapeOf(g: Groups, first: number, last: number, offset: number, use: Use): number {
  let cuts = '';
  let all = 0;
  for (let k = first; k < last; k++) {
    const place = (g.sum[k] as number) - offset + 1;
    all |= g.sep[k + 1] as number;
    if (place > 1) cuts += cuts === '' ? place : `,${place}`;
  }
  if (cuts === '') return 1;
  const odd = (all & SLASH) !== 0 ? 2 : (all & MIDDLE) !== 0 ? 1 : 0;
  const usual = SHAPES[use.kind];
  let grade = 0;
  if (usual === undefined) {
    if (cuts === `${use.area + 1},6`) grade = 3;
    else if (/^(?:[2-5](?:,6)?|6)$/.test(cuts)) grade = 2;
  } else {
    const at = usual.indexOf(cuts);
    grade = at < 0 ? 0 : at < 2 && cuts.length > 1 ? 3 : 2;
  }
  return Math.max(0, grade - odd);
}

/** Whether the groups up to `last` are held apart by spaces, with or without brackets, and nothing else. */
export function spacesOnly(g: Groups, last: number): boolean {
  let all = 0;
  for (let k = 1; k <= last; k++) all |= g.sep[k] as number;
  return (all & SPACE) !== 0 && (all & ~(SPACE | OPEN | CLOSE)) === 0;
}
