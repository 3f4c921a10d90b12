import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { allRegions, compileFinder, type Finding } from '../../src/identifiers/index.js';
import { testWithShared } from '../support/shared.js';

/** How many of the values are found, whole and of the right class, within a sentence. */
type Is = (f: Finding) => boolean;
const japan = compileFinder();
const world = compileFinder({ regions: allRegions });
const mail: Is = (f) => f.class === 'mail-address';
const ip: Is = (f) => f.kind === 'ipv4' || f.kind === 'ipv6';
const phone: Is = (f) => f.class === 'telephone-number' || f.class === 'mobile-or-ip-phone';

function count(values: readonly string[], is: Is, before: string, find = japan): string {
  const different = [...new Set(values)];
  const missed = different.filter((value) => {
    const text = `${before}${value}, they say`;
    const start = before.length;
    const covers = (f: Finding): boolean => ![...value].some((c) => /[\p{L}\p{N}]/u.test(c)) || !Array.from({ length: value.length }, (_, i) => start + i).some((i) => (i < f.start || i >= f.end) && /[\p{L}\p{N}]/u.test(text.charAt(i)));
    return !find(text).some((f) => is(f) && covers(f));
  });
  if (process.env['SHOW']) console.log(before, missed.map((m) => JSON.stringify(m)).join('\n'));
  return `${different.length - missed.length} of ${different.length}`;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

// The counts are pinned: each change shows up here, and docs/identifiers.md says why the rest is left out.
testWithShared('validator.js: addresses, devices, mobile numbers', 'data/identifiers/validatorjs_vectors.json', (file) => {
  const vectors = read(file) as { validator: string; args: unknown[]; valid: string[]; invalid: string[] }[];
  const valid = (name: string, arg = ''): string[] => vectors.filter((v) => v.validator === name && JSON.stringify(v.args).includes(arg)).flatMap((v) => v.valid);
  expect({
    mail: count(valid('isEmail'), mail, 'Please write to '),
    ip: count(valid('isIP'), ip, 'Please look at '),
    ipLabelled: count(valid('isIP'), ip, 'IP address: '),
    macLabelled: count(valid('isMACAddress'), (f) => f.class === 'device-address', 'MAC address: '),
    imeiLabelled: count(valid('isIMEI'), (f) => f.kind === 'imei', 'IMEI: '),
    mobileOfJapan: count(valid('isMobilePhone', 'ja-JP'), phone, 'Please use '),
    mobileOfTheWorldLabelled: count(valid('isMobilePhone'), phone, 'My mobile number is ', world),
  }).toMatchInlineSnapshot(`
    {
      "imeiLabelled": "12 of 12",
      "ip": "37 of 47",
      "ipLabelled": "44 of 47",
      "macLabelled": "17 of 24",
      "mail": "35 of 58",
      "mobileOfJapan": "10 of 10",
      "mobileOfTheWorldLabelled": "1174 of 1209",
    }
  `);
});

testWithShared('isemail', 'data/identifiers/isemail_tests.json', (file) => {
  const cases = read(file) as [string, string][];
  const of = (pattern: RegExp): string[] => cases.filter(([, verdict]) => pattern.test(verdict)).map(([address]) => address);
  expect({ valid: count(of(/^valid$/), mail, 'Please write to '), allowedSomewhere: count(of(/^(?:rfc|deprec|cfws)/), mail, 'Please write to '), errors: count(of(/^err/), mail, 'Please write to ') }).toMatchInlineSnapshot(`
    {
      "allowedSomewhere": "47 of 99",
      "errors": "31 of 89",
      "valid": "16 of 20",
    }
  `);
});

testWithShared('flanker', 'data/identifiers/flanker_mailbox.json', (file) => {
  const cases = read(file) as { valid: boolean; address: string }[];
  expect(count(cases.filter((c) => c.valid).map((c) => c.address), mail, 'Please write to ')).toMatchInlineSnapshot(`"114 of 147"`);
});

const PINNED: Readonly<Record<string, string>> = {
  'valid-ipv6-addresses Please look at ': '152 of 198',
  'valid-ipv6-addresses IP address: ': '186 of 198',
  'intermapper-valid-ipv6-addresses IP address: ': '164 of 176',
  'invalid-ipv6-addresses Please look at ': '30 of 320',
  'valid-ipv4-addresses Please look at ': '4 of 4',
};

for (const [name, before] of [['valid-ipv6-addresses', 'Please look at '], ['valid-ipv6-addresses', 'IP address: '], ['intermapper-valid-ipv6-addresses', 'IP address: '], ['invalid-ipv6-addresses', 'Please look at '], ['valid-ipv4-addresses', 'Please look at ']] as const) {
  testWithShared(`${name} after "${before}"`, `data/identifiers/ip/${name}.json`, (file) => {
    const values = (read(file) as { address: string }[]).map((a) => a.address).filter((a) => a.trim() !== '');
    expect(count(values, ip, before)).toEqual(PINNED[`${name} ${before}`]);
  });
}

testWithShared('libphonenumber: one example of every type and region', 'data/identifiers/libphonenumber_examples.json', (file) => {
  const examples = read(file) as { cc: string; nsn: string; region: string }[];
  expect({
    plus: count(examples.map((e) => `+${e.cc}${e.nsn}`), phone, 'Please use '),
    plusAndSpace: count(examples.map((e) => `+${e.cc} ${e.nsn}`), phone, 'Please use '),
    japanAtHome: count(examples.filter((e) => e.region === 'JP').map((e) => (e.nsn.startsWith('00') ? e.nsn : `0${e.nsn}`)), phone, 'Please use '),
  }).toMatchInlineSnapshot(`
    {
      "japanAtHome": "7 of 8",
      "plus": "992 of 1015",
      "plusAndSpace": "992 of 1015",
    }
  `);
});
