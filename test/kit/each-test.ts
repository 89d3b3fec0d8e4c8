import { beforeAll, beforeEach } from 'vitest';
import type { ServiceModule, Store } from '#adapters/service/module.ts';
import { openTestService, type TestService } from './http.ts';
import type { AnyStoreName, TestOptions } from './toolbox.ts';

/** Opens one before each test. The returned object is always the current one; it is empty until the first test. */
export const forEachTest = <T extends object>(open: () => Promise<T>): T => {
  const current = {} as T;
  beforeEach(async () => {
    Object.assign(current, await open());
  });
  return current;
};

/** Opens one before all tests. The returned object is empty until then. */
export const forAllTests = <T extends object>(open: () => Promise<T>): T => {
  const current = {} as T;
  beforeAll(async () => {
    Object.assign(current, await open());
  });
  return current;
};

/** A service of its own for each test, in memory if nothing else is asked for, behind its HTTP edge. */
export const serviceForEachTest = (
  module: ServiceModule,
  { store = 'memory', ...options }: TestOptions & { readonly store?: AnyStoreName | undefined } = {},
): TestService<Store> => forEachTest(() => openTestService<AnyStoreName>(store, module, options));
