import { type CountryCode, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { allRegions, findIdentifiers } from '../../src/identifiers/index.js';
import { kindOf, Plan } from '../../src/identifiers/phone/plan.js';
import type { NumberingRegion } from '../../src/identifiers/phone/region.js';
import { dice } from './support/random.js';

const regions = allRegions.filter((r): r is NumberingRegion => 'plan' in r).map((r) => ({ ...r, parsed: new Plan(r.plan) }));

/** Numbers that walk along the borders of a plan: drawn digits, kept where some region with that code still goes on. */
function numbersOf(code: number, count: number, seed: number): string[] {
  const d = dice(seed + code);
  const tables = regions.filter((r) => r.callingCode === code);
  const lengths = Array.from({ length: 15 }, (_, n) => n).filter((n) => n > 2 && tables.some((t) => (t.parsed.lengths & (1 << n)) !== 0));
  return Array.from({ length: count }, () => d.fill('#'.repeat(d.pick(lengths) + (d.int(12) === 0 ? 1 : 0))));
}

const digitsOf = (number: string): Uint8Array => Uint8Array.from(number, Number);

/** Our kinds for libphonenumber's types. */
const TYPES: Readonly<Record<string, string>> = {
  MOBILE: 'mobile', FIXED_LINE: 'fixed-line', FIXED_LINE_OR_MOBILE: 'fixed-or-mobile', TOLL_FREE: 'freephone', PREMIUM_RATE: 'premium', SHARED_COST: 'shared-cost', VOIP: 'ip-phone', PERSONAL_NUMBER: 'personal', PAGER: 'pager', UAN: 'universal', VOICEMAIL: 'voicemail',
};

test('assigned or not, and to which use: the tables of all regions agree with libphonenumber on drawn numbers', () => {
  const differ: string[] = [];
  let valid = 0;
  let compared = 0;
  for (const code of new Set(regions.map((r) => r.callingCode))) {
    for (const number of numbersOf(code, 120, 7)) {
      const parsed = parsePhoneNumberFromString(`+${code}${number}`);
      // It takes what looks like a national prefix off, and then judges another number.
      if (parsed === undefined || parsed.nationalNumber !== number) continue;
      const ours = regions.filter((r) => r.callingCode === code && r.parsed.uses(digitsOf(number), 0, number.length) !== 0);
      compared++;
      if (parsed.isValid()) valid++;
      if (parsed.isValid() !== ours.length > 0) differ.push(`+${code} ${number} ${String(parsed.country)} ${String(parsed.getType())} ours: ${ours.map((r) => r.code).join()}`);
      else if (parsed.isValid()) {
        const table = ours.find((r) => r.code === parsed.country);
        const kind = table === undefined ? undefined : kindOf(table.parsed.uses(digitsOf(number), 0, number.length));
        if (table !== undefined && TYPES[String(parsed.getType())] !== kind) differ.push(`+${code} ${number} ${String(parsed.country)} ${String(parsed.getType())} ours: ${String(kind)}`);
      }
    }
  }
  if (process.env['SHOW']) console.log(compared, valid, differ.length, differ.slice(0, 60).join('\n'));
  expect(compared).toBeGreaterThan(15_000);
  expect(valid).toBeGreaterThan(3000);
  // Tristan da Cunha has no types in libphonenumber's data, which it then takes for both.
  expect(differ.filter((line) => !/^\+290 8\d{3} TA FIXED_LINE_OR_MOBILE ours: fixed-line$/.test(line))).toEqual([]);
});

test('every region of libphonenumber has a table, and its calling code', () => {
  for (const r of allRegions) if (r.code !== 'JP') expect([r.code, getCountryCallingCode(r.code as CountryCode)]).toEqual([r.code, String((r as NumberingRegion).callingCode)]);
});

test('Japan: where we differ from libphonenumber on drawn numbers, and why', () => {
  const d = dice(81);
  const reasons = new Map<string, number>();
  let same = 0;
  for (let i = 0; i < 6000; i++) {
    const number = d.fill(d.pick(['0#########', '0##########', '0#0########', '0120######', '0800#######', '0570######', '0200##########', '020########', '050########', '060#######', '00##########']));
    const ours = findIdentifiers(`電話 ${number}`).find((f) => f.end - f.start === number.length);
    const theirs = parsePhoneNumberFromString(number, 'JP');
    const valid = theirs?.isValid() === true && theirs.country === 'JP';
    const assigned = ours !== undefined && !ours.flags.includes('unassigned');
    if (valid === assigned) same++;
    else {
      const why = number.startsWith('0200') ? 'M2M under 0200 has fourteen digits, not eleven' : number.startsWith('00') ? '00 and a calling code is an international number' : /^060[2-9]\d{7}$/.test(number) ? 'no block from 060-2 on has been handed out' : valid ? 'theirs alone' : 'ours alone';
      reasons.set(why, (reasons.get(why) ?? 0) + 1);
      if (process.env['SHOW']) console.log(why, number, theirs?.getType(), ours?.kind, ours?.flags.join());
    }
  }
  if (process.env['SHOW']) console.log(same, [...reasons]);
  expect(same).toBe(5154);
  expect([...reasons].sort()).toEqual([
    ['00 and a calling code is an international number', 176],
    ['M2M under 0200 has fourteen digits, not eleven', 630],
    ['no block from 060-2 on has been handed out', 40],
  ]);
});
