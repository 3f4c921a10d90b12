/** 1 for the rows whose field says true (or 1), 0 for the others. */
export function marked(coded: { readonly codes: Int32Array; readonly size: number; content(code: number): unknown }, rows: Int32Array): Uint8Array {
  const truth = new Uint8Array(coded.size);
  for (let code = 0; code < coded.size; code++) {
    const content = coded.content(code);
    truth[code] = content === true || content === 1 || content === 'true' || content === '1' ? 1 : 0;
  }
  const out = new Uint8Array(rows.length);
  for (let i = 0; i < out.length; i++) {
    const code = coded.codes[rows[i]!]!;
    out[i] = code < 0 ? 0 : truth[code]!;
  }
  return out;
}
