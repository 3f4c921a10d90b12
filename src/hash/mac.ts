/**
 * A message authentication code: bytes of a key and of a message in, bytes out, synchronous.
 *
 * A plain function is enough. One that also has `prepare` is asked once per key, so that work that depends on
 * the key alone is not repeated for every message.
 */
export interface Mac {
  (key: Uint8Array, message: Uint8Array): Uint8Array;
  /** Does the work of the key once. The bytes that the result gives are used before its next call, and may be the same array again. */
  readonly prepare?: (key: Uint8Array) => (message: Uint8Array) => Uint8Array;
}

/** A {@link Mac} from its `prepare` half. Called as a plain function it gives fresh bytes. */
export function macOf(prepare: (key: Uint8Array) => (message: Uint8Array) => Uint8Array): Mac {
  const mac = (key: Uint8Array, message: Uint8Array): Uint8Array => prepare(key)(message);
  return Object.assign(mac, { prepare });
}
