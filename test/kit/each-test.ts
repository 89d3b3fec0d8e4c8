import { beforeEach } from 'vitest';
import type { Store, ServiceModule } from '#adapters/service/module.ts';
import { openTestService, type TestService } from './http.ts';
import type { AnyStoreName, TestOptions } from './toolbox.ts';

/** A service of its own for each test of a file, in memory if nothing else is asked for, behind its HTTP edge. */
export const serviceForEachTest = (
  module: ServiceModule,
  { store = 'memory', ...options }: TestOptions & { readonly store?: AnyStoreName | undefined } = {},
): TestService<Store> => {
  let open: TestService<Store>;
  beforeEach(async () => {
    open = await openTestService(store, module, options);
  });
  return {
    send: (...request) => open.send(...request),
    get url() {
      return open.url;
    },
    get toolbox() {
      return open.toolbox;
    },
    get consumers() {
      return open.consumers;
    },
  };
};
