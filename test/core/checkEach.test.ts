import { expect, test } from 'vitest';
import { checkEach, type OptionCheck } from '../../src/core/checks.js';

interface Options {
  readonly name?: string;
  readonly count?: number;
}
const CHECKS: { readonly [K in keyof Options]-?: OptionCheck } = {
  name: [(name: unknown) => typeof name === 'string', 'TOKUMEI_TEXT', 'text'],
  count: [(count: unknown) => Number.isInteger(count), 'TOKUMEI_OPTIONS', 'a whole number'],
};
const check = (value: unknown): Options => checkEach(value as Options, 'here', CHECKS);
const refusal = (value: unknown): unknown => {
  try {
    return check(value);
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    return [code, message];
  }
};

test('what fits is copied, what is undefined is left out, and what somebody put on Object.prototype is no option', () => {
  const given = { name: 'a', count: undefined };
  const own = check(given);
  expect(own).not.toBe(given);
  expect(Object.entries(own)).toEqual([['name', 'a']]);
  expect(Object.getPrototypeOf(own)).toBeNull();
});

test('an option of another kind is refused by its own code, a name that is none by that of all options', () => {
  expect(refusal({ name: 1 })).toEqual(['TOKUMEI_TEXT', 'here: name must be text, got 1']);
  expect(refusal({ count: 0.5 })).toEqual(['TOKUMEI_OPTIONS', 'here: count must be a whole number, got 0.5']);
  for (const name of ['nmae', 'constructor', 'toString']) expect(refusal({ [name]: undefined })).toEqual(['TOKUMEI_OPTIONS', `here: options must be among name count, got "${name}"`]);
  for (const value of [null, undefined, 'name', 1]) expect(refusal(value)).toEqual(['TOKUMEI_OPTIONS', expect.stringMatching(/^here: options must be an object, got /)]);
});

test('each option is read once', () => {
  let reads = 0;
  const own = check({ get name() { return reads++ === 0 ? 'a' : 1; } });
  expect([own.name, own.name, reads]).toEqual(['a', 'a', 1]);
});
