import base from './vitest.config.js';

// The programs of the documentation, as tools/docs/snippets.ts wrote them out.
export default { ...base, test: { ...base.test, include: ['.snippets/*.test.ts'], exclude: [] } };
