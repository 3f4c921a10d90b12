const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text as it may stand in HTML or SVG, in content and in quoted attributes. Discovered keys are hostile text.
 *
 * @example
 * escapeHtml('<b title="x">'); // => '&lt;b title=&quot;x&quot;&gt;'
 */
export function escapeHtml(text: string): string {
  // Control characters have no place in a document and lone surrogates cannot be encoded: both are shown as unknown.
  return text.replace(/\p{Surrogate}|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu, '\ufffd').replace(/[&<>"']/g, (char) => NAMES[char]!);
}
