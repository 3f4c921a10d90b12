import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testWithShared } from '../support/shared.js';
import { listedDeviations, written } from './support/listed.js';
import { addressList, covered, device, exampleNumbers, type Find, findIn, flankerValues, found, hit, imei, ip, type Is, isemailValues, japan, mac, mail, missed, phone, read, unique, validatorValues, type ValidatorVector, world } from './support/vectors.js';

const VALIDATOR = 'validatorjs_vectors.json';
const TO = 'Please write to ';
const AT = 'Please look at ';
const USE = 'Please use ';
const MINE = 'My mobile number is ';

/** Each list of the document: where its vectors are, and which values of theirs deviate. */
const LISTS: readonly { readonly name: string; readonly files: readonly string[]; readonly deviating: (...files: string[]) => string[] }[] = [
  { name: 'validator.js isEmail, valid and not found', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isEmail', 'valid'), mail, TO) },
  { name: 'validator.js isEmail, invalid and found', files: [VALIDATOR], deviating: (f) => hit(validatorValues(f, 'isEmail', 'invalid'), mail, TO) },
  { name: 'isemail, valid and not found', files: ['isemail_tests.json'], deviating: (f) => missed(isemailValues(f, /^valid$/), mail, TO) },
  { name: 'isemail, allowed by an RFC and not found', files: ['isemail_tests.json'], deviating: (f) => missed(isemailValues(f, /^(?:rfc|deprec|cfws)/), mail, TO) },
  { name: 'isemail, an error and found', files: ['isemail_tests.json'], deviating: (f) => hit(isemailValues(f, /^err/), mail, TO) },
  { name: 'flanker, valid and not found', files: ['flanker_mailbox.json'], deviating: (f) => missed(flankerValues(f, true), mail, TO) },
  { name: 'flanker, invalid and found', files: ['flanker_mailbox.json'], deviating: (f) => hit(flankerValues(f, false), mail, TO) },
  { name: 'validator.js isIP, valid and not found', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isIP', 'valid'), ip, AT) },
  { name: 'validator.js isIP, valid and not found after a label', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isIP', 'valid'), ip, 'IP address: ') },
  { name: 'validator.js isIP, invalid and found', files: [VALIDATOR], deviating: (f) => hit(validatorValues(f, 'isIP', 'invalid'), ip, AT) },
  ...(['not found', 'not found after a label'] as const).map((how) => ({
    name: `IP address lists, valid and ${how}`,
    files: ['ip/valid-ipv6-addresses.json', 'ip/intermapper-valid-ipv6-addresses.json', 'ip/valid-ipv4-addresses.json'],
    deviating: (...files: string[]) => missed(files.flatMap(addressList), ip, how === 'not found' ? AT : 'IP address: '),
  })),
  {
    name: 'IP address lists, invalid and found',
    files: ['ip/invalid-ipv6-addresses.json', 'ip/intermapper-invalid-ipv6-addresses.json', 'ip/invalid-ipv4-addresses.json'],
    deviating: (...files) => hit(files.flatMap(addressList), ip, AT),
  },
  { name: 'validator.js isMACAddress, valid and not found', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isMACAddress', 'valid'), device, AT) },
  { name: 'validator.js isMACAddress, valid and not found after a label', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isMACAddress', 'valid'), device, 'MAC address: ') },
  { name: 'validator.js isMACAddress, invalid and found after a label', files: [VALIDATOR], deviating: (f) => hit(validatorValues(f, 'isMACAddress', 'invalid'), device, 'MAC address: ') },
  { name: 'validator.js isIMEI, valid and not found', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isIMEI', 'valid'), imei, AT) },
  { name: 'validator.js isIMEI, invalid and found after a label', files: [VALIDATOR], deviating: (f) => hit(validatorValues(f, 'isIMEI', 'invalid'), imei, 'IMEI: ') },
  { name: 'validator.js isMobilePhone, valid and not found', files: [VALIDATOR], deviating: (f) => missed(validatorValues(f, 'isMobilePhone', 'valid'), phone, MINE, world) },
  { name: 'validator.js isMobilePhone, invalid and found', files: [VALIDATOR], deviating: invalidMobiles },
  { name: 'libphonenumber, example numbers not found', files: ['libphonenumber_examples.json'], deviating: (f) => [...missed(exampleNumbers(f).map((e) => `+${e.cc}${e.nsn}`), phone, USE), ...missed(exampleNumbers(f).filter((e) => e.region === 'JP').map((e) => (e.nsn.startsWith('00') ? e.nsn : `0${e.nsn}`)), phone, USE)] },
  { name: 'libphonenumber, matcher cases found there and not here', files: ['libphonenumber_matcher_cases.json'], deviating: (f) => matcherCases(f).filter((c) => !c.here && c.there).map((c) => c.text) },
  { name: 'Presidio, found there and not here', files: ['presidio_recognizer_tests.json'], deviating: (f) => presidio(f).there },
];

/** Each with its locale, by the plans of its regions alone: what is no mobile of one country is often one of another. */
function invalidMobiles(file: string): string[] {
  return unique((read(file) as ValidatorVector[]).filter((v) => v.validator === 'isMobilePhone').flatMap(({ args, invalid }) => {
    const locales = [args[0] ?? 'any'].flat().filter((l): l is string => typeof l === 'string');
    const regions = locales.flatMap((l) => /-([A-Z]{2})$/.exec(l)?.[1] ?? []);
    const find = regions.length === 0 ? world : findIn(regions);
    return hit(invalid.filter((v): v is string => typeof v === 'string'), phone, MINE, find).map((v) => `${locales.join('/')} ${v}`);
  }));
}

/** Its leniency VALID is the default there: what needs POSSIBLE to match is not found. */
function matcherCases(file: string): { text: string; there: boolean; here: boolean }[] {
  return (read(file) as { level: string; text: string; region: string }[]).map(({ level, text, region }) => ({ text, there: !/POSSIBLE/.test(level), here: found(text, phone, USE, findIn([region])) }));
}

/** Theirs are places in texts: each of them that no finding covers, and each finding that overlaps none; their leniency where they have one is 1. */
function presidio(file: string): { there: string[]; here: string[] } {
  const of: Readonly<Record<string, [Is, Find]>> = { email: [mail, japan], ip: [ip, japan], mac: [mac, japan], phone: [phone, world] };
  const there: string[] = [];
  const here: string[] = [];
  interface Case { readonly recognizer: string; readonly text: string; readonly expected_len: number; readonly expected_positions: readonly (readonly [number, number])[]; readonly leniency?: number }
  for (const { recognizer, text, expected_len: count, expected_positions: places, leniency = 1 } of read(file) as Case[]) {
    if (leniency !== 1) continue;
    const [is, find] = of[recognizer]!;
    const findings = find(text).filter(is);
    there.push(...places.filter(([start, end]) => !covered(text, start, end, findings, is)).map(([start, end]) => `${text.slice(start, end)} in ${text}`));
    // Some tests give a count alone.
    if (places.length === count) here.push(...findings.filter((f) => !places.some(([start, end]) => f.start < end && start < f.end)).map((f) => `${text.slice(f.start, f.end)} in ${text}`));
    else expect(findings.length, text).toBe(count);
  }
  return { there: unique(there), here: unique(here) };
}

const document = listedDeviations(readFileSync(new URL('../../docs/identifiers.md', import.meta.url), 'utf8'));

test('the document has these lists and no others, each value once and under a reason', () => {
  expect([...document.keys()]).toEqual(LISTS.map((l) => l.name));
  for (const [name, reasons] of document) {
    const values = reasons.flatMap((r) => r.values);
    expect(values.filter((v, i) => values.indexOf(v) !== i), name).toEqual([]);
    for (const { reason, values: of } of reasons) expect(reason.length > 10 && of.length > 0, `${name}: ${reason}`).toBe(true);
  }
});

testWithShared('no matcher case of libphonenumber that it leaves out is found here', 'data/identifiers/libphonenumber_matcher_cases.json', (file) => {
  expect(matcherCases(file).filter((c) => c.here && !c.there)).toEqual([]);
});

testWithShared('nothing is found in the tests of Presidio that it does not find', 'data/identifiers/presidio_recognizer_tests.json', (file) => {
  expect(presidio(file).here).toEqual([]);
});

for (const { name, files, deviating } of LISTS) {
  // The first is asked for; they come in one folder.
  testWithShared(`deviations listed: ${name}`, `data/identifiers/${files[0]!}`, (first) => {
    const values = deviating(...files.map((file) => first.replace(files[0]!, file)));
    const listed = (document.get(name) ?? []).flatMap((r) => r.values);
    const actual = values.map(written);
    expect(new Set(actual).size, 'two values are written alike').toBe(values.length);
    // As they have to stand in the document.
    expect({ unlisted: actual.filter((v) => !listed.includes(v)), 'no longer so': listed.filter((v) => !actual.includes(v)) }).toEqual({ unlisted: [], 'no longer so': [] });
  });
}
