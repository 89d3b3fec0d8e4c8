import type { Attachment } from '#adapters/service/module.ts';
import { InvalidConfig } from '#adapters/service/config.ts';
import type { makeConfigureAccount } from '../core/application/configure-account.ts';
import type { UserConfig } from './config.ts';

/** Creates or updates the configured accounts when the service starts. */
export const configuredAccounts = (
  accounts: UserConfig['USER_ACCOUNTS'],
  configureAccount: ReturnType<typeof makeConfigureAccount>,
): Attachment => ({
  start: async () => {
    for (const [index, { first_name, last_name, ...account }] of accounts.entries()) {
      const configured = await configureAccount({ ...account, firstName: first_name, lastName: last_name });
      if (!configured.ok) throw new InvalidConfig([`USER_ACCOUNTS.${index}: ${configured.error.detail}`]);
    }
  },
  stop: () => Promise.resolve(),
});
