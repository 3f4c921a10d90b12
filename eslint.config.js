import redos from 'eslint-plugin-redos-detector';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

// What a type checker cannot see. Folder arrows are `npm run arrows`, formatting is left alone.
export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'examples/out/', '.snippets/', '.pack/', 'bench/node_modules/'] },
  ...tseslint.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Bits come from a RandomSource (src/random).' }],
      '@typescript-eslint/no-explicit-any': 'error',
      // Matters of taste in patterns; what can be slow or wrong stays an error.
      'no-control-regex': 'off',
      'regexp/control-character-escape': 'off',
      'regexp/use-ignore-case': 'off',
      'regexp/no-obscure-range': 'off',
      'regexp/prefer-character-class': 'off',
      'regexp/prefer-w': 'off',
      'regexp/prefer-d': 'off',
      'regexp/no-useless-character-class': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: 'tsconfig.dev.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Measured beside our own: what an unsafe library would do.
    files: ['bench/**/*.mjs'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { 'redos-detector': redos },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-globals': ['error', ...['Buffer', 'process', 'global', 'require', '__dirname', '__filename'].map((name) => ({ name, message: 'Node only: belongs in src/node.' }))],
      'no-restricted-imports': ['error', { patterns: [{ regex: '^node:', message: 'Node only: belongs in src/node.' }, { group: ['tokumei', 'tokumei/*'], message: 'Import the file itself.' }] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
        { selector: 'Program > ExpressionStatement', message: 'No side effects at the top level.' },
      ],
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      // Where a pattern is flagged but its text is bounded, say the bound beside an eslint-disable-next-line.
      'redos-detector/no-unsafe-regex': ['error', { maxSteps: 10_000 }],
    },
  },
  {
    files: ['bench/**'], // where the unsafe way is what we compare with
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/node/**/*.ts'],
    rules: { 'no-restricted-imports': 'off', 'no-restricted-globals': 'off' },
  },
);
