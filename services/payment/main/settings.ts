import { z } from 'zod';
import { msSetting, portSetting, readConfig } from '#adapters/service/config.ts';

const rate = z.coerce.number().min(0).max(1).default(0);

export const readSettings = (env: Readonly<Record<string, string | undefined>>) =>
  readConfig(
    {
      /** Where the gRPC server listens; port 0 picks a free one. */
      PAYMENT_GRPC_HOST: z.string().min(1).default('127.0.0.1'),
      PAYMENT_GRPC_PORT: portSetting(0),
      /** Timeout of gateway calls. */
      PAYMENT_GATEWAY_TIMEOUT_MS: msSetting(10_000),
      PAYMENT_MOCK_GATEWAY_HOST: z.string().min(1).default('127.0.0.1'),
      PAYMENT_MOCK_GATEWAY_PORT: portSetting(0),
      /** Origins to which the page for cards may return, separated by commas; those of this machine when absent. */
      PAYMENT_MOCK_RETURN_ORIGINS: z
        .string()
        .default('')
        .transform((text) => text.split(',').filter((origin) => origin !== ''))
        .pipe(z.array(z.url())),
      PAYMENT_MOCK_LATENCY_MS: msSetting(0),
      /** Share of calls whose response is lost. */
      PAYMENT_MOCK_FAILURE_RATE: rate,
      PAYMENT_MOCK_SEED: z.coerce.number().int().default(1),
    },
    env,
  );

export type Settings = ReturnType<typeof readSettings>;
