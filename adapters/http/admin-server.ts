import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import { portSetting, readConfig } from '../service/config.ts';
import { makeAdminApp, type AdminOptions } from './admin-app.ts';
import { listen, type HttpServer } from './server.ts';

/** Without a key there is no admin server. */
const SETTINGS = { ADMIN_PORT: portSetting(0), ADMIN_KEY: z.string().min(16).optional() };

/** A digest of fixed length, which the comparison in constant time needs. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time. */
export const keyCheck =
  (key: string): AdminOptions['isAllowed'] =>
  (given) =>
    timingSafeEqual(digest(given), digest(key));

/** Opens the admin server on loopback, protected by `ADMIN_KEY`; undefined if the key is not set. */
export const openAdmin = async (
  options: Omit<AdminOptions, 'isAllowed'>,
  logger: Logger,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HttpServer | undefined> => {
  const { ADMIN_PORT: port, ADMIN_KEY: key } = readConfig(SETTINGS, env);
  if (key === undefined) return undefined;
  return listen(makeAdminApp({ ...options, isAllowed: keyCheck(key) }, logger), port, '127.0.0.1');
};
