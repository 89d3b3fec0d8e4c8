import base from './jest.config.js';

/** For the mutation run: the specs of the domains and the kernel, without edge, store or process. */
export default {
  ...base,
  roots: ['<rootDir>/services', '<rootDir>/shared-kernel'],
  testPathIgnorePatterns: [
    ...base.testPathIgnorePatterns,
    '[.](contract|pg)[.]spec[.]ts$',
    '/(api|clients|module|grpc|errors|error-catalogue)[.]spec[.]ts$',
    '/adapters/',
    '/sample/',
  ],
  coverageThreshold: undefined,
};
