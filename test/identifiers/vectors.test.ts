import { expect } from 'vitest';
import { testWithShared } from '../support/shared.js';
import { addressList, device, exampleNumbers, type Find, flankerValues, imei, ip, type Is, isemailValues, mail, missed, phone, unique, validatorValues, world } from './support/vectors.js';

/** How many of the values are found, whole and of the right class, within a sentence. */
function count(values: readonly string[], is: Is, before: string, find?: Find): string {
  const all = unique(values).length;
  return `${all - missed(values, is, before, find).length} of ${all}`;
}

// The counts are pinned: each change shows up here; deviations.test.ts compares the values themselves with docs/identifiers.md.
testWithShared('validator.js: addresses, devices, mobile numbers', 'data/identifiers/validatorjs_vectors.json', (file) => {
  const valid = (name: string, argument?: string): string[] => validatorValues(file, name, 'valid', argument);
  expect({
    mail: count(valid('isEmail'), mail, 'Please write to '),
    ip: count(valid('isIP'), ip, 'Please look at '),
    ipLabelled: count(valid('isIP'), ip, 'IP address: '),
    macLabelled: count(valid('isMACAddress'), device, 'MAC address: '),
    imeiLabelled: count(valid('isIMEI'), imei, 'IMEI: '),
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
      "mobileOfTheWorldLabelled": "1175 of 1209",
    }
  `);
});

testWithShared('isemail', 'data/identifiers/isemail_tests.json', (file) => {
  const of = (verdict: RegExp): string[] => isemailValues(file, verdict);
  expect({ valid: count(of(/^valid$/), mail, 'Please write to '), allowedSomewhere: count(of(/^(?:rfc|deprec|cfws)/), mail, 'Please write to '), errors: count(of(/^err/), mail, 'Please write to ') }).toMatchInlineSnapshot(`
    {
      "allowedSomewhere": "46 of 99",
      "errors": "30 of 89",
      "valid": "16 of 20",
    }
  `);
});

testWithShared('flanker', 'data/identifiers/flanker_mailbox.json', (file) => {
  expect(count(flankerValues(file, true), mail, 'Please write to ')).toMatchInlineSnapshot(`"114 of 147"`);
});

const PINNED: Readonly<Record<string, string>> = {
  'valid-ipv6-addresses Please look at ': '156 of 198',
  'valid-ipv6-addresses IP address: ': '186 of 198',
  'intermapper-valid-ipv6-addresses IP address: ': '164 of 176',
  'invalid-ipv6-addresses Please look at ': '27 of 320',
  'valid-ipv4-addresses Please look at ': '4 of 4',
};

for (const [name, before] of [['valid-ipv6-addresses', 'Please look at '], ['valid-ipv6-addresses', 'IP address: '], ['intermapper-valid-ipv6-addresses', 'IP address: '], ['invalid-ipv6-addresses', 'Please look at '], ['valid-ipv4-addresses', 'Please look at ']] as const) {
  testWithShared(`${name} after "${before}"`, `data/identifiers/ip/${name}.json`, (file) => {
    expect(count(addressList(file), ip, before)).toEqual(PINNED[`${name} ${before}`]);
  });
}

testWithShared('libphonenumber: one example of every type and region', 'data/identifiers/libphonenumber_examples.json', (file) => {
  const examples = exampleNumbers(file);
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
