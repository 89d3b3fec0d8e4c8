import { defineConfig } from 'vitest/config';

// Each mutant runs them again.
process.env['PROPERTY_RUNS'] ??= '100';

/** For the mutation run: the specs of the domains and the kernel, which load no store and no server. */
export default defineConfig({
  test: { include: ['services/*/core/domain/*.spec.ts', 'shared-kernel/*.spec.ts'] },
});
