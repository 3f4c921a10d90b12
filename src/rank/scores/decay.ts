import { any, checkNumber, notNegative, positive } from './checks.js';

/**
 * What something `age` old still weighs when its weight halves every `halfLife`: `0.5 ^ (age / halfLife)`, both in one unit.
 *
 * A sum of weights in which each unit counts once in a group, at its newest, moves by at most 1 when a unit is added:
 * a decayed count has the sensitivity of a plain one. Ages are whole periods of the release, never exact times.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless `age` >= 0 and `halfLife` > 0.
 * @example
 * halfLifeWeight(36, 24).toFixed(5); // => '0.35355'
 */
export function halfLifeWeight(age: number, halfLife: number): number {
  const where = 'halfLifeWeight';
  return 0.5 ** (checkNumber(age, where, 'age', 'finite and >= 0', notNegative) / checkNumber(halfLife, where, 'halfLife', 'finite and > 0', positive));
}

/**
 * Points that sink with age: `(points - 1) / (hours + 2) ^ gravity`, as Hacker News ranks.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless `hours` >= 0 and `gravity` > 0 (1.8 when left out).
 * @example
 * gravityScore({ points: 50, hours: 5 }).toFixed(5); // => '1.47577'
 */
export function gravityScore(o: { readonly points: number; readonly hours: number; readonly gravity?: number }): number {
  const where = 'gravityScore';
  const hours = checkNumber(o.hours, where, 'hours', 'finite and >= 0', notNegative);
  const gravity = checkNumber(o.gravity ?? 1.8, where, 'gravity', 'finite and > 0', positive);
  return (checkNumber(o.points, where, 'points', 'finite', any) - 1) / (hours + 2) ** gravity;
}

/** The seconds of the first day that Reddit's formula counts from. */
const REDDIT_EPOCH = 1_134_028_003;

/**
 * Votes on a logarithmic scale plus time: ten times the votes are worth 12.5 hours, as Reddit's "hot" ranks.
 *
 * `sign(s) log10(max(|s|, 1)) + (seconds - 1134028003) / 45000` with `s = up - down` and Unix time in seconds.
 *
 * @throws {TokumeiError} `TOKUMEI_SCORE` unless all are finite.
 * @example
 * hotScore({ up: 100, down: 10, seconds: 1.7e9 }).toFixed(4); // => '12579.1097'
 */
export function hotScore(o: { readonly up: number; readonly down: number; readonly seconds: number }): number {
  const where = 'hotScore';
  const score = checkNumber(o.up, where, 'up', 'finite', any) - checkNumber(o.down, where, 'down', 'finite', any);
  return Math.sign(score) * Math.log10(Math.max(Math.abs(score), 1)) + (checkNumber(o.seconds, where, 'seconds', 'finite', any) - REDDIT_EPOCH) / 45_000;
}
