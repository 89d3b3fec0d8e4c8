import { msSetting, readConfig } from '#adapters/service/config.ts';
import { PATIENCE, type Patience } from '../core/domain/saga.ts';

/** How long an order may wait; see the service's README. */
export const readPatience = (env: Readonly<Record<string, string | undefined>>): Patience => {
  const settings = readConfig(
    {
      ORDER_PENDING_TIMEOUT_MS: msSetting(PATIENCE.pending),
      ORDER_CONFIRMED_TIMEOUT_MS: msSetting(PATIENCE.confirmed),
      ORDER_CANCEL_TIMEOUT_MS: msSetting(PATIENCE.cancelling),
      ORDER_SHIPPED_TIMEOUT_MS: msSetting(PATIENCE.shipped),
      ORDER_REPLACEMENT_TIMEOUT_MS: msSetting(PATIENCE.replacement),
    },
    env,
  );
  return {
    pending: settings.ORDER_PENDING_TIMEOUT_MS,
    confirmed: settings.ORDER_CONFIRMED_TIMEOUT_MS,
    cancelling: settings.ORDER_CANCEL_TIMEOUT_MS,
    shipped: settings.ORDER_SHIPPED_TIMEOUT_MS,
    replacement: settings.ORDER_REPLACEMENT_TIMEOUT_MS,
  };
};
