import { join } from 'node:path';
import { defineConfig } from 'oxlint';

type Rules = Readonly<Record<string, 'error'>>;

const errors = (plugin: string, ...rules: readonly string[]): Rules =>
  Object.fromEntries(rules.map((rule) => [`${plugin}${rule}`, 'error']));

const UNTYPED = {
  'typescript/no-unsafe-argument': 'off',
  'typescript/no-unsafe-assignment': 'off',
  'typescript/no-unsafe-call': 'off',
  'typescript/no-unsafe-member-access': 'off',
} as const;

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

/** Oxlint and the TypeScript compiler in one pass; unused names are reported by the compiler. */
export default defineConfig({
  options: { typeAware: true, typeCheck: true, reportUnusedDisableDirectives: 'error' },
  plugins: ['typescript', 'oxc'],
  jsPlugins: [join(import.meta.dirname, 'scripts/lib/lint-plugin.ts')],
  categories: { correctness: 'error' },
  ignorePatterns: ['.cache/', '.data/', 'coverage/', 'reports/', 'test/architecture/canaries/'],
  rules: {
    ...errors(
      '',
      'eqeqeq',
      'no-array-constructor',
      'no-case-declarations',
      'no-console',
      'no-empty',
      'no-fallthrough',
      'no-prototype-builtins',
      'no-regex-spaces',
      'no-unexpected-multiline',
      'no-useless-constructor',
      'no-var',
      'prefer-const',
      'prefer-rest-params',
      'prefer-spread',
      'preserve-caught-error',
    ),
    ...errors(
      'typescript/',
      'no-deprecated',
      'no-dynamic-delete',
      'no-empty-object-type',
      'no-explicit-any',
      'no-extraneous-class',
      'no-generated-empty-object-type',
      'no-import-type-side-effects',
      'no-invalid-void-type',
      'no-misused-promises',
      'no-mixed-enums',
      'no-namespace',
      'no-non-null-asserted-nullish-coalescing',
      'no-non-null-assertion',
      'no-require-imports',
      'no-unnecessary-boolean-literal-compare',
      'no-unnecessary-template-expression',
      'no-unnecessary-type-arguments',
      'no-unnecessary-type-assertion',
      'no-unnecessary-type-constraint',
      'no-unnecessary-type-conversion',
      'no-unnecessary-type-parameters',
      'no-unsafe-argument',
      'no-unsafe-assignment',
      'no-unsafe-call',
      'no-unsafe-enum-comparison',
      'no-unsafe-function-type',
      'no-unsafe-member-access',
      'no-unsafe-return',
      'only-throw-error',
      'prefer-literal-enum-member',
      'prefer-promise-reject-errors',
      'prefer-reduce-type-parameter',
      'prefer-return-this-type',
      'related-getter-setter-pairs',
      'unified-signatures',
      'use-unknown-in-catch-callback-variable',
    ),
    'no-unused-vars': 'off',
    'typescript/ban-ts-comment': ['error', { minimumDescriptionLength: 10 }],
    'typescript/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    'typescript/no-confusing-void-expression': [
      'error',
      { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
    ],
    'typescript/no-unnecessary-condition': [
      'error',
      { allowConstantLoopConditions: 'only-allowed-literals' },
    ],
    'typescript/require-array-sort-compare': 'off', // texts sort as they are
    'typescript/restrict-plus-operands': [
      'error',
      {
        allowAny: false,
        allowBoolean: false,
        allowNullish: false,
        allowNumberAndString: false,
        allowRegExp: false,
      },
    ],
    'typescript/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
  overrides: [
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
        'shop/no-restricted-syntax': ['error', ...PURE_SYNTAX],
        'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      },
    },
    {
      files: ['**/services/*/core/**/*.ts'],
      excludeFiles: ['**/*.spec.ts'],
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
        'shop/no-restricted-syntax': ['error', ...PURE_SYNTAX, ...WIRE_SYNTAX],
      },
    },
    {
      files: ['**/adapters/mongo/**/*.ts'],
      rules: {
        'shop/no-restricted-syntax': [
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
      globals: Object.fromEntries(
        ['console', 'process', 'module', 'setInterval', 'clearInterval'].map((name) => [name, 'readonly']),
      ),
      rules: {
        ...UNTYPED,
        'typescript/no-unsafe-return': 'off',
        'typescript/no-confusing-void-expression': 'off',
      },
    },
    {
      files: [
        '**/*.{spec,contract}.ts',
        'services/*/test/**/*.ts',
        'test/{acceptance,chaos,crash,demo,kit}/**/*.ts',
      ],
      rules: {
        'typescript/unbound-method': 'off', // expect(port.method)
        ...UNTYPED, // what a service answered; a wrong guess at it fails the test
      },
    },
  ],
});
