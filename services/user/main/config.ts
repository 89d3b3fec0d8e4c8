import { z } from 'zod';
import { ROLES } from '#adapters/auth/principal.ts';
import { sealingKeys } from '#adapters/auth/sealing.ts';
import { readConfig } from '#adapters/service/config.ts';
import { GUESS_LIMITS } from '../core/domain/attempts.ts';

const account = z.strictObject({
  email: z.email().max(254),
  password: z.string(),
  first_name: z.string().min(1).max(100),
  last_name: z.string().min(1).max(100),
  roles: z.array(z.enum(ROLES)).min(1),
});

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);

const count = (otherwise: number) => z.coerce.number().int().min(1).default(otherwise);

/** The service's settings; see its README. */
export const readUserConfig = (env: Readonly<Record<string, string | undefined>>) =>
  readConfig(
    {
      USER_ARGON2_MEMORY_KIB: count(19_456),
      USER_ARGON2_ITERATIONS: count(2),
      USER_ARGON2_PARALLELISM: count(1),
      USER_ARGON2_CONCURRENCY: count(2),
      USER_ARGON2_QUEUE: count(100),
      /** Short: a revoked token remains valid until then wherever the revocation is not known. */
      USER_ACCESS_TOKEN_S: count(300),
      USER_REFRESH_TOKEN_DAYS: count(30),
      USER_SESSION_DAYS: count(90),
      USER_GUESSES_PER_NETWORK: count(GUESS_LIMITS.network),
      /** Whether staff have only the role of a customer until they have proved a second factor. */
      USER_STAFF_SECOND_FACTOR: z.enum(['required', 'optional']).optional(),
      /** Where browsers may use passkeys, which belong to the host of the first. */
      USER_PASSKEY_ORIGINS: z
        .string()
        .default('http://localhost:8080')
        .transform((text) => text.split(',').map((one) => one.trim()))
        .pipe(z.tuple([origin], origin)),
      USER_SECRETS_KEY: sealingKeys.optional(),
      USER_LEAKED_PASSWORDS_URL: z.url({ protocol: /^https?$/ }).optional(),
      SHOP_NAME: z.string().min(1).default('The Shop'),
      USER_ACCOUNTS: json.pipe(z.array(account)).prefault('[]'),
    },
    env,
  );

export type UserConfig = ReturnType<typeof readUserConfig>;
