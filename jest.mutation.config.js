import base from './jest.config.js';

/** For the mutation run: the specs of the domains and the kernel. */
export default {
  ...base,
  testMatch: ['<rootDir>/services/*/core/domain/*.spec.ts', '<rootDir>/shared-kernel/*.spec.ts'],
  extensionsToTreatAsEsm: [],
  transform: {
    '[.]ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  coverageThreshold: undefined,
};
