import type { Groups } from './groups.js';

/**
 * Argentina writes its mobile phones at home with a 15 between the area and the number (`011 15-2345-6789`), and from abroad with a 9
 * before the area, as the plan holds them. Gives the digits as from abroad, `''` when the groups do not have that form.
 */
export function fromAbroad(g: Groups, from: number, total: number): string {
  if (total - from === 12) {
    for (let k = 0; k < g.n; k++) {
      const area = g.sum[k] as number;
      if (area - from > 1 && area - from < 5 && g.has('15', area)) return `9${g.digits(from, area)}${g.digits(area + 2, total)}`;
    }
  }
  return '';
}
