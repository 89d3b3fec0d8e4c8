/**
 * `npm run user:reseal`: seals the secrets of users (of authenticator apps, and tokens of payment methods) again under the first key
 * of `USER_SECRETS_KEY`, in the database of the user service, which `DATABASE_URL` names, or else in the data folder `DATA_DIR` of a
 * shop that does not run now. It can be repeated. Exits with 1 if it could not read a secret: then no key must be dropped yet.
 */
import { sealingKeys } from '#adapters/auth/sealing.ts';
import { readConfig } from '#adapters/service/config.ts';
import { resealIn } from '#user/main/reseal.ts';
import { onUserDatabase } from './lib/user-database.ts';

try {
  const { USER_SECRETS_KEY: keys } = readConfig({ USER_SECRETS_KEY: sealingKeys }, process.env);
  const [[newest = ''] = []] = keys;
  const { resealed, current, unreadable } = await onUserDatabase((database) => resealIn(database, keys));
  console.log(`${resealed} secrets are sealed again, ${current} were sealed with ${newest} already`);
  if (unreadable > 0)
    throw new Error(
      `${unreadable} secrets are damaged, or sealed with a key that is not in USER_SECRETS_KEY`,
    );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
