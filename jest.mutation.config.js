import base, { typescriptAs } from './jest.config.js';

// Each mutant runs them again.
process.env.PROPERTY_RUNS ??= '100';

/**
 * For the mutation run: the specs of the domains and the kernel, which load no store and no server. As CommonJS, because
 * Jest links ES modules again for every run, which costs seconds per mutant.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/services/*/core/domain/*.spec.ts', '<rootDir>/shared-kernel/*.spec.ts'],
  extensionsToTreatAsEsm: [],
  transform: typescriptAs('commonjs'),
  coverageThreshold: undefined,
};
