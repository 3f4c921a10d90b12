import type { JapanNumbering } from '../numbering/jp.js';
import { trieOf } from '../numbering/trie.js';
import { boundary, type Groups } from './groups.js';
import { MIDDLE, SLASH } from './separators.js';

/** A use of the numbering plan. */
export interface Use {
  readonly kind: string;
  /** How many digits its numbers have, the leading 0 included. */
  readonly digits: number;
  /** After how many digits separators usually and rarely stand, as hexadecimal digits of one number: 0x37 is 3-4-4. */
  readonly usual: readonly number[];
  readonly rare: readonly number[];
  readonly unassigned: boolean;
}

/** The leaf's sign, kind, digits (0: from 10 to 17), and after how many digits separators usually and rarely stand (hexadecimal). */
const USES =
  'm mobile b 37 3,k mobile b 37 3,v ip-phone b 37 3,d m2m b 37 3,e pager b 37 3,h m2m e 49 59/48c/4,g freephone b 47 4/7,' +
  'f freephone a 47/46 4/468/6/7,n navi-dial a 47/46 4/6,p premium a 47/46 4/6,u personal a 36 3,' +
  'w freephone 0 4 47/48/46/49/4a/7,x freephone 8 4 47/48/46/49/4a/7,y freephone 9 4 47/48/46/49/4a/7,z freephone a 4 47/48/46/49/4a/7';
/** Area codes of other lengths than the block's own: people group old numbers as they like. */
const ANY_AREA = '2/3/4/5/6/26/36/46/56';

/** The Japanese numbering plan, ready to be asked. */
export interface Japan {
  /** The use of a number whose digits after the leading 0 begin at `from`. */
  readonly useOf: (g: Groups, from: number) => Use | undefined;
}

const placesOf = (list: string): number[] => list.split('/').map((places) => Number.parseInt(places, 16));

/** Makes the plan of a table. */
export function japanOf(table: JapanNumbering): Japan {
  const trie = trieOf(table.trie);
  const uses = new Map<number, Use>();
  const use = (kind: string, digits: number, usual: string, rare: string, unassigned: boolean): Use => ({ kind, digits, usual: placesOf(usual), rare: placesOf(rare), unassigned });
  for (const row of USES.split(',')) {
    const [sign = '', kind = '', digits = '', usual = '', rare = ''] = row.split(' ');
    for (const s of [sign, sign.toUpperCase()]) uses.set(s.charCodeAt(0), use(kind, Number.parseInt(digits, 16), usual, rare, s !== sign));
  }
  // '1' to '4' an area code of so many digits, '5' to '8' one in which the block is not assigned.
  for (let area = 1; area < 9; area++) uses.set(48 + area, use('fixed-line', 10, `${((area - 1) % 4) + 2}6`, ANY_AREA, area > 4));

  return {
    useOf: (g, from) => {
      let node = 0;
      let i = from;
      while (i < g.size && (node = trie[node + (g.digit[i++] as number)] as number) > 0);
      // 060 with one digit less is an old personal number.
      const found = uses.get((node === -0x6b || node === -0x4b) && boundary(g, from + 10) < 0 ? 0x75 : -node);
      // 0037, 0066, 0078: the carriers' own freephone numbers, the longest that the groups allow.
      const digits = found?.digits === 0 ? g.sum.slice(0, g.n).findLast((sum) => sum > from + 8 && sum < from + 17) : undefined;
      return digits === undefined ? found : { ...(found as Use), digits: digits - from + 1 };
    },
  };
}

/** 3: separators where they usually are; 2: some of them, or those of another area code; 1: none; 0: elsewhere. */
export function shapeOf(g: Groups, last: number, offset: number, use: Use): number {
  let places = 0;
  let all = 0;
  for (let k = 0; k < last; k++) {
    const place = (g.sum[k] as number) - offset + 1;
    if (place <= 1) continue; // before the number, or the 0 of +81 (0)3
    all |= g.sep[k + 1] as number;
    places = places * 16 + place;
  }
  if (places === 0) return 1;
  const grade = use.usual.includes(places) ? 3 : use.rare.includes(places) ? 2 : 0;
  return Math.max(0, grade - (all & SLASH ? 2 : all & MIDDLE ? 1 : 0));
}
