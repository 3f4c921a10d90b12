import { noiseHalfWidth } from '../../accounting/laws/noiseLaw.js';
import type { CountNoise } from './noise.js';

/** The smallest whole w with P[|noise| <= w] >= confidence, for the exact law. */
export function halfWidth(noise: CountNoise, confidence: number): number {
  return noiseHalfWidth(noise, 1 - confidence);
}
