/**
 * Who may import whom: the plan's arrows, and nothing else.
 * A folder may always import itself and core. Checked by `npm run arrows`.
 */
const arrows = {
  core: [],
  numeric: [],
  hash: [],
  random: ['numeric'],
  table: ['hash', 'random'],
  identifiers: ['hash', 'table'],
  kanon: ['numeric', 'hash', 'random', 'table'],
  dp: ['numeric', 'hash', 'random', 'table'],
  rank: ['numeric', 'hash', 'random', 'table', 'dp', 'kanon'],
  publish: ['numeric', 'hash', 'identifiers', 'kanon', 'dp', 'rank'],
};

/** Packages that `dependencies` and `peerDependencies` bring, and the only folders that may import them. */
const packages = {
  '@noble/hashes': ['hash'],
  '@noble/ciphers': ['hash', 'identifiers'],
  'simple-statistics': ['kanon', 'rank', 'publish', 'testing'],
  seedrandom: ['testing'],
  'fast-check': ['testing'],
};

const folder = (names) => `^src/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    ...Object.entries(arrows).map(([from, to]) => ({
      name: `${from}-imports`,
      severity: 'error',
      comment: `src/${from} may import ${['core', ...to].join(', ')} of our own folders`,
      from: { path: folder([from]) },
      to: { path: '^src/', pathNot: folder([from, 'core', ...to]) },
    })),
    ...Object.entries(packages).map(([name, folders]) => ({
      name: `package-${name}`,
      severity: 'error',
      comment: `${name} belongs in ${folders.map((f) => `src/${f}`).join(', ')}`,
      from: { path: '^src/', pathNot: folder(folders) },
      to: { path: `node_modules/${name}/` },
    })),
    {
      name: 'no-other-package',
      severity: 'error',
      comment: 'a package that this file does not name: decide it in docs/decisions first',
      from: { path: '^src/' },
      to: { path: 'node_modules/', pathNot: `node_modules/(${[...Object.keys(packages), '@types'].join('|')})/` },
    },
    {
      name: 'release-is-light',
      severity: 'error',
      comment: 'release() and its guard and manifest bundle core, hash and identifiers only; the verifier and the auditor stand apart',
      from: { path: '^src/publish/(release|guard|manifest)(/|\\.ts$)' },
      to: { path: folder(['numeric', 'random', 'kanon', 'dp', 'rank']), reachable: true },
    },
    {
      name: 'short-path-stays-portable',
      severity: 'error',
      comment: 'tokumei itself hands on neither the testing kit nor anything of Node',
      from: { path: '^src/index\\.ts$' },
      to: { path: folder(['testing', 'node']), reachable: true },
    },
    { name: 'node-only-in-node', severity: 'error', from: { path: '^src/', pathNot: '^src/node/' }, to: { dependencyTypes: ['core'] } },
    { name: 'no-cycles', severity: 'error', from: { path: '^src/' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'unresolved', severity: 'error', from: { path: '^src/' }, to: { couldNotResolve: true } },
    {
      name: 'unknown-folder',
      severity: 'error',
      comment: 'a folder of src that the plan does not know has no arrows: give it some above',
      from: { path: '^src/[^/]+/', pathNot: folder([...Object.keys(arrows), 'testing', 'node']) },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
