/** The version of this library, as manifests state it. A test compares it with package.json. */
export const VERSION: string = '0.1.0';
