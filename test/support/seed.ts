import fc from 'fast-check';

/**
 * Properties draw the same examples in every run, so that a pass says the same on every machine. Other examples are
 * looked for on purpose: `TOKUMEI_SEED=random npm test`, or a number to have one run again.
 */
const given = process.env['TOKUMEI_SEED'] ?? '20261123';
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
