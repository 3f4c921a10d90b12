import type { Manifest } from '../release/manifest.js';

/** What `protectBeside` adds to the rules of a table, where it stands among the stages. */
export const besideRule = ({ steps }: Manifest): readonly string[] =>
  steps.some(({ stage }) => stage === 'protectBeside') ? ['nothing smaller can be derived together with the earlier releases named'] : [];
