// What the linter asks for: strict TypeScript, no default exports, no barrels, and imports that follow the layers of CONTRIBUTING.md.
import tseslint from 'typescript-eslint';

/** Modules a layer may not import; test/unit/architecture checks the same over the real import graph. */
function forbid(files, groups) {
  const patterns = groups.map(([message, ...group]) => ({ group, message }));
  return { files, rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] } };
}

const toolkit = [
  'only webview/controls imports the toolkit',
  '@vscode/webview-ui-toolkit',
  '@vscode/webview-ui-toolkit/*',
];
const vscode = ['only src/host imports vscode', 'vscode'];
const node = [
  'this layer runs in browsers too: no Node',
  'node:*',
  'fs',
  'path',
  'os',
  'child_process',
  'crypto',
  'worker_threads',
];
const tfjs = ['only the engine and the trainer know tfjs', '@tensorflow/*'];
const above = (...folders) => ['a layer imports only what lies below it', ...folders.map((f) => `**/${f}/**`)];

export default tseslint.config(
  { ignores: ['dist/', 'dist-test/', 'dist-vsix/', '.vscode-test/', 'test-results/', 'src/engine/kernels/assembly/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { arguments: false, attributes: false } },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'No default exports: a name is the same everywhere.' },
        { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
      ],
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  forbid(
    ['src/protocol/**/*.ts'],
    [vscode, node, tfjs, toolkit, above('host', 'engine', 'syntax', 'labs', 'trainer', 'text', 'webview')],
  ),
  forbid(
    ['src/text/**/*.ts'],
    [vscode, node, tfjs, toolkit, above('host', 'engine', 'syntax', 'labs', 'trainer', 'protocol', 'webview')],
  ),
  forbid(
    ['src/engine/**/*.ts'],
    [vscode, node, toolkit, above('host', 'syntax', 'labs', 'trainer', 'protocol', 'webview')],
  ),
  forbid(['src/syntax/**/*.ts'], [vscode, node, toolkit, above('host', 'labs', 'trainer', 'protocol', 'webview')]),
  forbid(['src/labs/**/*.ts'], [vscode, node, toolkit, above('host', 'trainer', 'protocol', 'webview')]),
  forbid(['src/trainer/**/*.ts'], [vscode, toolkit, above('host', 'webview')]),
  forbid(['src/host/**/*.ts'], [node, tfjs, toolkit, above('engine', 'syntax', 'labs', 'trainer', 'text', 'webview')]),
  forbid(
    ['webview/**/*.ts'],
    [vscode, node, tfjs, toolkit, above('host', 'engine', 'syntax', 'labs', 'trainer', 'text')],
  ),
  forbid(
    ['webview/controls/**/*.ts'],
    [vscode, node, tfjs, above('host', 'engine', 'syntax', 'labs', 'trainer', 'text')],
  ),
);
