import { record, type PublishedLike } from './declared.js';
import { fieldsOf, type ReadRelease } from './cells.js';
import { fieldsId, sameDays, type AuditCell } from './regions.js';

/** What a printed share can have been before it was rounded. */
function unrounded(share: number): readonly [number, number] {
  const [, decimals = ''] = String(share).split('.');
  // So many digits are those of a quotient, not of a rounded figure.
  const half = decimals.length > 10 || decimals.includes('e') ? share * 1e-12 : 0.5 * 10 ** -decimals.length;
  return [share - half, share + half];
}

const EPS = 1e-9;

/** Whole numbers from a to b, allowing for rounding in the last digits. */
const whole = (a: number, b: number): readonly [number, number] => [Math.max(0, Math.ceil(a - EPS * Math.max(1, a))), Math.floor(b + EPS * Math.max(1, b))];

const sharesOf = ({ data }: PublishedLike): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(data) ? (data as readonly unknown[]) : []).map(record).filter((line) => line !== undefined && typeof line['share'] === 'number' && line['share'] > 0) as readonly Readonly<Record<string, unknown>>[];

/**
 * The total that counts and shares give away side by side: count / share. None where it is the sum of what is published
 * (`withShares({ of: 'published-items' })`), which everybody knows.
 */
export function totalBehindShares(published: PublishedLike, { at, declared, rule, cells }: ReadRelease): AuditCell | undefined {
  if (rule.spread > 0 || declared.population === undefined) return undefined;
  let [lower, upper] = [0, Infinity];
  for (const line of sharesOf(published)) {
    const { count, share } = line;
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count <= 0) continue;
    const [low, high] = unrounded(share as number);
    const [from, to] = whole(count / high, low > 0 ? count / low : Infinity);
    lower = Math.max(lower, from);
    upper = Math.min(upper, to);
  }
  const listed = [...cells.values()].reduce((sum, cell) => (cell.shown ? sum + cell.lower : sum), 0);
  if (upper === Infinity || lower > upper || (lower <= listed && listed <= upper)) return undefined;
  return { release: at, key: undefined, fields: declared.population, from: declared.from, to: declared.to, k: rule.k, shown: lower === upper, lower, upper, ruleLower: 0, ruleUpper: Infinity };
}

/** Lines that show a share and no count, with the count that follows where an exact total of the same people is out. */
export function countsBehindShares(published: PublishedLike, { declared, cells, rule }: ReadRelease, others: readonly ReadRelease[]): ReadonlyMap<string, AuditCell> {
  const found = new Map<string, AuditCell>();
  if (declared.population === undefined || rule.spread > 0) return found;
  const place = fieldsId(declared.population);
  const total = others.flatMap((one) => [...one.cells.values()]).find((cell) => cell.shown && cell.lower === cell.upper && cell.lower > 0 && sameDays(cell, declared) && fieldsId(cell.fields) === place);
  if (total === undefined) return found;
  for (const line of sharesOf(published)) {
    const fields = fieldsOf(line['key'], declared);
    const cell = fields === undefined ? undefined : cells.get(fieldsId(fields));
    if (cell === undefined || cell.shown) continue;
    const [low, high] = unrounded(line['share'] as number);
    const [lower, upper] = whole(low * total.lower, high * total.lower);
    if (lower <= upper) found.set(fieldsId(cell.fields), { ...cell, lower: Math.max(lower, cell.lower), upper: Math.min(upper, cell.upper), through: total });
  }
  return found;
}
