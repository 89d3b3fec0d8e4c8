import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PURE = 'Time, ids and randomness come in as arguments.';
const PURE_SYNTAX = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: PURE },
  { selector: 'CallExpression[callee.name="Date"]', message: PURE },
];

const NO_MACHINE = { regex: '^node:', message: 'The core knows no machine.' };

/** Tables may have codes such as `out_of_stock` as keys. */
const WIRE_SYNTAX = [
  'TSPropertySignature[key.name=NAME]',
  'MemberExpression[computed=false][property.name=NAME]',
  'ObjectPattern > Property[key.name=NAME]',
  'ObjectExpression > Property[key.name=NAME][value.type=/^(Identifier|MemberExpression|CallExpression)$/]',
].map((selector) => ({
  selector: selector.replace('NAME', '/^[a-z0-9]+(_[a-z0-9]+)+$/'),
  message: 'Wire formats belong to the adapters.',
}));

export default defineConfig(
  globalIgnores([
    '**/generated/**',
    '**/*.generated.ts',
    '.cache/',
    '.data/',
    'coverage/',
    'reports/',
    'test/architecture/canaries/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': 'off', // tsc reports them
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Less noise.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/require-await': 'off', // a port's method is async whatever its adapter needs
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    files: ['**/services/*/core/**/*.ts', '**/shared-kernel/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [NO_MACHINE] }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: PURE },
        { object: 'Math', property: 'random', message: PURE },
        { object: 'performance', property: 'now', message: PURE },
        { object: 'crypto', property: 'randomUUID', message: PURE },
        { object: 'crypto', property: 'getRandomValues', message: PURE },
      ],
      'no-restricted-syntax': ['error', ...PURE_SYNTAX],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
    },
  },
  {
    files: ['**/services/*/core/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [NO_MACHINE],
          paths: [
            {
              name: '#kernel/events.ts',
              allowImportNames: ['Cause', 'ToWire'],
              message: 'Wire formats belong to adapters/messaging.',
            },
          ],
        },
      ],
      'no-restricted-syntax': ['error', ...PURE_SYNTAX, ...WIRE_SYNTAX],
    },
  },
  {
    files: ['**/adapters/mongo/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.property.name=/^(aggregate|update(One|Many)|findOneAnd\\w+|watch|distinct|mapReduce|withTransaction)$/]',
          message: 'Whole documents and simple filters only: not every server answers this rightly.',
        },
      ],
    },
  },
  { files: ['scripts/**', 'test/bench/**', 'test/demo/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'module', 'setInterval', 'clearInterval'].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: [
      '**/*.{spec,contract}.ts',
      'services/*/test/**/*.ts',
      'test/{acceptance,chaos,crash,demo,kit}/**/*.ts',
    ],
    rules: {
      '@typescript-eslint/unbound-method': 'off', // expect(port.method)
      // What a service answered; a wrong guess at it fails the test.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
);
