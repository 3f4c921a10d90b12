/** A host as the platform writes it: `xn--` labels, RFC 5952 in brackets. `''` when it is none. */
export function hostOf(written: string): string {
  try {
    return new URL(`http://${written}`).hostname;
  } catch {
    return '';
  }
}
