import { afterEach, beforeEach } from '@jest/globals';
import type { ServiceModule } from '#adapters/service/module.ts';
import { openTestService, type TestService } from './http.ts';
import type { TestOptions } from './toolbox.ts';

/** A service in memory of its own for each test of a file, behind its HTTP edge. */
export const serviceForEachTest = (
  module: ServiceModule,
  options: TestOptions = {},
): Omit<TestService, 'close'> => {
  let open: TestService;
  beforeEach(async () => {
    open = await openTestService('memory', module, options);
  });
  afterEach(() => open.close());
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
