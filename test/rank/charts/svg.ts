import { expect } from 'vitest';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';

/** A specification as static SVG; fails on any warning of the compiler. */
export async function svgOf(spec: object): Promise<string> {
  const warnings: string[] = [];
  const note = (...words: unknown[]): unknown => (warnings.push(words.join(' ')), logger);
  const logger = { level: () => logger, info: () => logger, debug: () => logger, warn: note, error: note };
  const compiled = compile(spec as never, { logger: logger as never }).spec;
  expect(warnings).toEqual([]);
  return new View(parse(compiled), { renderer: 'none' }).toSVG();
}
