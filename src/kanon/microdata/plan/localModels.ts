/** Models that stay true when classes that pass are put together: those that local recoding can keep. */
export const LOCAL_MODELS: readonly string[] = [
  'k-anonymity', 'estimated-k-map', 'distinct-l-diversity', 'entropy-l-diversity', 'recursive-cl-diversity',
  't-closeness', 'alpha-k-anonymity', 'basic-beta-likeness', 'enhanced-beta-likeness',
];
