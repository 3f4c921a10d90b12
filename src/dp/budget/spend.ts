/** What one call may spend, in public numbers. Composes by adding, within one measure. */
export type Spend =
  | { readonly measure: 'pure'; readonly epsilon: number; readonly delta: 0 }
  | { readonly measure: 'approximate'; readonly epsilon: number; readonly delta: number }
  /** `rho`-zCDP, or `delta`-approximate `rho`-zCDP where keys of the data are selected (Bun and Steinke 2016, section 8). */
  | { readonly measure: 'zcdp'; readonly rho: number; readonly delta: number };

/** The options of `privacyBudget` as a spend. Range checks are done before. */
export function spendOf(epsilon: number, delta: number): Spend {
  return delta === 0 ? { measure: 'pure', epsilon, delta: 0 } : { measure: 'approximate', epsilon, delta };
}
