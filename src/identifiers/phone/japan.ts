import type { JapanNumbering } from '../numbering/jp.js';
import { CLOSE, type Groups, MIDDLE, OPEN, SLASH, SPACE } from './groups.js';

/** A use of the numbering plan. */
export interface Use {
  readonly kind: string;
  /** How many digits its numbers have, the leading 0 included. */
  readonly digits: number;
  /** Where separators usually stand, as bits: bit 3 is set when one follows the third digit. */
  readonly usual: readonly number[];
  readonly rare: readonly number[];
  readonly unassigned: boolean;
}

/** The leaf's letter, kind, digits, and after how many digits separators usually and rarely stand (hexadecimal). */
const USES =
  'm mobile b 37 3,k mobile b 37 3,v ip-phone b 37 3,d m2m b 37 3,e pager b 37 3,h m2m e 49 59/48c/4,g freephone b 47 4/7,' +
  'f freephone a 47/46 4/468/6/7,n navi-dial a 47/46 4/6,p premium a 47/46 4/6,u personal a 36 3';
/** Area codes of other lengths than the block's own: people group old numbers as they like. */
const ANY_AREA = '2/3/4/5/6/26/36/46/56';

const cuts = (list: string): number[] => list.split('/').map((item) => [...item].reduce((bits, c) => bits | (1 << Number.parseInt(c, 16)), 0));

/** The Japanese numbering plan, ready to be asked. */
export class Japan {
  /** Ten entries a node: below 0 the leaf's sign, else the next node; the root is 0, so a gap is 0 too. */
  private readonly nodes: number[] = [];
  private readonly uses: Map<number, Use> = new Map();
  private readonly freephones: readonly string[];

  constructor({ trie, freephones }: JapanNumbering) {
    let at = 0;
    const build = (): number => {
      const base = this.nodes.length;
      this.nodes.length += 10;
      for (let d = 0; d < 10; d++) {
        const c = trie.charCodeAt(at++);
        this.nodes[base + d] = c === 0x2e ? 0 : c === 0x28 ? build() : -c;
      }
      return base;
    };
    build();
    this.freephones = freephones.split(' ');
    const add = (sign: string, kind: string, digits: string, usual: string, rare: string, unassigned = false): void => {
      this.uses.set(sign.charCodeAt(0), { kind, digits: Number.parseInt(digits, 16), usual: cuts(usual), rare: cuts(rare), unassigned });
    };
    for (const row of USES.split(',')) {
      const [sign = '', kind = '', digits = '', usual = '', rare = ''] = row.split(' ');
      add(sign, kind, digits, usual, rare);
      add(sign.toUpperCase(), kind, digits, usual, rare, true);
    }
    for (let area = 1; area < 5; area++) {
      add(`${area}`, 'fixed-line', 'a', `${area + 1}6`, ANY_AREA);
      add(`${area + 4}`, 'fixed-line', 'a', `${area + 1}6`, ANY_AREA, true);
    }
  }

  /** The use of a number whose digits after the leading 0 begin at `from`. */
  useOf(g: Groups, from: number): Use | undefined {
    const total = g.sum[g.n - 1] as number;
    if (from >= total) return undefined;
    if (g.digits[from] === 0) return this.carrierFreephone(g, from);
    for (let node = 0, i = from; i < total; i++) {
      node = this.nodes[node + (g.digits[i] as number)] as number;
      if (node === 0) return undefined;
      if (node < 0) {
        // 060 with one digit less is an old personal number.
        const old = node === -0x6b && g.boundary(from + 10) < 0;
        return this.uses.get(old ? 0x75 : -node);
      }
    }
    return undefined;
  }

  /** 0037, 0066, 0077, 0078, 0088: the carriers' own freephone numbers, of the longest length that fits the groups. */
  private carrierFreephone(g: Groups, from: number): Use | undefined {
    const start = g.text(from - 1, from + 5);
    for (const entry of this.freephones) {
      const prefix = /^\d+/.exec(entry)?.[0] ?? '';
      if (!start.startsWith(prefix)) continue;
      for (let k = g.n - 1; k >= 0; k--) {
        const digits = (g.sum[k] as number) - from + 1;
        if (entry.includes(String.fromCharCode(96 + digits))) return { kind: 'freephone', digits, usual: [], rare: cuts('4/47/48/46/49/4a/7'), unassigned: false };
      }
    }
    return undefined;
  }
}

/** 3: separators where they usually are; 2: some of them, or those of another area code; 1: none; 0: elsewhere. */
export function shapeOf(g: Groups, last: number, offset: number, use: Use): number {
  let places = 0;
  let all = 0;
  for (let k = 0; k < last; k++) {
    const place = (g.sum[k] as number) - offset + 1;
    if (place <= 1) continue; // before the number, or the 0 of +81 (0)3
    all |= g.sep[k + 1] as number;
    places |= 1 << place;
  }
  if (places === 0) return 1;
  const grade = use.usual.includes(places) ? 3 : use.rare.includes(places) ? 2 : 0;
  return Math.max(0, grade - ((all & SLASH) !== 0 ? 2 : (all & MIDDLE) !== 0 ? 1 : 0));
}

/** Whether the groups up to `last` are held apart by spaces, with or without brackets, and nothing else. */
export function spacesOnly(g: Groups, last: number): boolean {
  let all = 0;
  for (let k = 1; k <= last; k++) all |= g.sep[k] as number;
  return (all & SPACE) !== 0 && (all & ~(SPACE | OPEN | CLOSE)) === 0;
}
