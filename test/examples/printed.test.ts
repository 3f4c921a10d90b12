import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

test('docs/tables.md shows what examples/linked-tables.ts prints', async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...parts: unknown[]) => void lines.push(parts.join(' ')));
  await import('../../examples/linked-tables.js');
  log.mockRestore();
  const shown = /```text\n(Japan[^`]*)```/.exec(readFileSync('docs/tables.md', 'utf8'))?.[1];
  expect(lines.join('\n').trim()).toBe(shown?.trim());
});
