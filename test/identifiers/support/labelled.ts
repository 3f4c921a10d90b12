import type { Finding } from '../../../src/identifiers/index.js';

/** A text with the places of its identifiers. */
export interface Labelled {
  readonly text: string;
  readonly category: string;
  readonly gold: readonly { readonly start: number; readonly end: number; readonly kind: 'mail' | 'phone' | 'device' }[];
}

export interface Figures {
  readonly recall: number;
  readonly precision: number;
  /** Share of texts without a gold span that got a hit. */
  readonly falseTexts: number;
  /** By category: share of gold spans found, null where there is none. */
  readonly recallOf: ReadonlyMap<string, number>;
  readonly misses: readonly string[];
  readonly falseHits: readonly string[];
}

const KIND = { 'mail-address': 'mail', 'device-address': 'device', 'telephone-number': 'phone', 'mobile-or-ip-phone': 'phone' } as const;

/** A gold span counts as found when a finding of its class covers every letter and digit of it. */
export function measure(texts: readonly Labelled[], find: (text: string) => readonly Finding[]): Figures {
  let found = 0;
  let gold = 0;
  let right = 0;
  let hits = 0;
  let clean = 0;
  let dirty = 0;
  const byCategory = new Map<string, [number, number]>();
  const misses: string[] = [];
  const falseHits: string[] = [];
  for (const { text, category, gold: spans } of texts) {
    const findings = find(text);
    const covers = (f: Finding, s: (typeof spans)[number]): boolean =>
      KIND[f.class] === s.kind && ![...text.slice(s.start, s.end)].some((c, i) => /[\p{L}\p{N}]/u.test(c) && (s.start + i < f.start || s.start + i >= f.end));
    for (const s of spans) {
      const hit = findings.some((f) => covers(f, s));
      const row = byCategory.get(category) ?? [0, 0];
      byCategory.set(category, [row[0] + Number(hit), row[1] + 1]);
      gold++;
      if (hit) found++;
      else misses.push(`${category}: ${text}`);
    }
    for (const f of findings) {
      hits++;
      if (spans.some((s) => covers(f, s))) right++;
      else falseHits.push(`${category}: ${text} [${f.kind} ${text.slice(f.start, f.end)}]`);
    }
    if (spans.length === 0) {
      clean++;
      if (findings.length > 0) dirty++;
    }
  }
  return {
    recall: found / gold,
    precision: right / hits,
    falseTexts: clean === 0 ? 0 : dirty / clean,
    recallOf: new Map([...byCategory].map(([k, [f, g]]) => [k, f / g])),
    misses,
    falseHits,
  };
}
