import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The river: each folder of `src/` may import from those named here, and from itself. docs/architecture.md draws it. */
const MAY_IMPORT = {
  platform: [],
  audio: ['platform'],
  speech: ['platform', 'audio'],
  recognizer: ['platform', 'audio', 'speech'],
  capture: ['platform', 'audio', 'speech', 'recognizer'],
  transcript: ['platform', 'audio', 'speech', 'recognizer'],
  media: ['platform', 'audio', 'speech', 'recognizer'],
  library: ['platform', 'audio', 'speech', 'recognizer', 'transcript'],
  session: ['platform', 'audio', 'speech', 'recognizer', 'transcript', 'capture', 'media', 'library'],
  view: ['platform', 'audio', 'speech', 'recognizer', 'transcript', 'session'],
};
const FOLDERS = Object.keys(MAY_IMPORT);

/** Upstream against the river, types alone: a message of the recogniser is made of words. */
const MAY_IMPORT_TYPES = { recognizer: ['transcript'] };

function forbidImports(owner, folders, allowTypeImports = false) {
  return {
    regex: `(^|/)(${folders.join('|')})/`,
    allowTypeImports,
    message: `${owner} may not import this${allowTypeImports ? ', except types' : ''}: imports run one way (docs/architecture.md).`,
  };
}

const WORKERS = {
  regex: '(^|/)workers/[^?]*$',
  allowTypeImports: false,
  message: 'src/ talks to workers by protocol.ts.',
};

const river = FOLDERS.map((folder) => {
  const types = MAY_IMPORT_TYPES[folder] ?? [];
  const forbidden = FOLDERS.filter((other) => ![folder, ...MAY_IMPORT[folder], ...types].includes(other));
  const patterns = [forbidImports(`src/${folder}`, forbidden), WORKERS];
  if (types.length > 0) patterns.push(forbidImports(`src/${folder}`, types, true));
  return {
    files: [`src/${folder}/**/*.{ts,svelte}`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
});

/** What starts here must be stopped by someone: src/platform/scope.ts does it. */
const UNOWNED = [
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval|addEventListener)$/]',
    message: 'Start it through a Scope (src/platform/scope.ts), which stops it.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(setTimeout|setInterval|addEventListener)$/]',
    message: 'Start it through a Scope (src/platform/scope.ts), which stops it.',
  },
];
const NEW_WORKER = {
  selector: 'NewExpression[callee.name=/^(Worker|SharedWorker)$/]',
  message: 'Workers are started, watched and ended in src/recognizer/client.ts and src/media/client.ts.',
};
const RUNES = {
  selector: 'CallExpression[callee.name=/^\\$(state|derived|effect|props|bindable|inspect|host)$/]',
  message: 'Runes live in *.svelte.ts and components.',
};

export default ts.config(
  { ignores: ['dist/', '.cache/', 'test-results/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'no-undef': 'off', // TypeScript knows each realm's globals; ESLint does not.
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // Code points are what spreading a string is for.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A type parameter that stands once still says what comes on a port.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Interfaces here write functions as methods; none of them reads `this`.
      '@typescript-eslint/unbound-method': 'off',
      // With noUncheckedIndexedAccess, `!` is how a loop says that its index is in bounds.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'prefer-const': 'off', 'svelte/prefer-const': ['error', { destructuring: 'all' }] },
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked], languageOptions: { globals: globals.node } },

  // Tests try what the content security policy must refuse.
  { files: ['tests/app/**/*.ts'], rules: { '@typescript-eslint/no-implied-eval': 'off' } },
  {
    files: ['src/**/*.{ts,svelte}', 'workers/**/*.ts'],
    rules: { 'no-console': 'error', 'no-alert': 'error' },
  },
  ...river,
  {
    files: ['workers/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [forbidImports('A worker', ['capture', 'library', 'session', 'view'])] },
      ],
    },
  },
  { files: ['src/**/*.{ts,svelte}'], rules: { 'no-restricted-syntax': ['error', ...UNOWNED, NEW_WORKER] } },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/**/*.svelte.ts'],
    rules: { 'no-restricted-syntax': ['error', ...UNOWNED, NEW_WORKER, RUNES] },
  },
  { files: ['src/platform/scope.ts'], rules: { 'no-restricted-syntax': ['error', NEW_WORKER, RUNES] } },
  {
    files: ['src/{recognizer,media}/client.ts', 'src/recognizer/whisper-worker.ts'],
    rules: { 'no-restricted-syntax': ['error', ...UNOWNED, RUNES] },
  },
);
