import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { makeUserSigner } from '#adapters/auth/user-tokens.ts';
import { makeAdminApp } from '#adapters/http/admin-app.ts';
import { keyCheck } from '#adapters/http/admin-server.ts';
import { listen, type HttpServer } from '#adapters/http/server.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { operationsOf } from '#adapters/service/operations.ts';
import { ISSUER, type Platform } from './platform.ts';

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** A token of an administrator without an account: for the shop's own tools on this machine. */
export const operatorToken = async (userKey: PrivateJwk): Promise<string> =>
  (await makeUserSigner(userKey, ISSUER))(
    { sub: NOBODY, email: 'operator@localhost', name: 'Operator', roles: ['admin'] },
    600,
  );

/** Opens the admin server on loopback; writes its URL and key to `<dataDir>/admin.json`, readable by the owner only. */
export const openAdmin = async (
  platform: Platform,
  logger: Logger,
  userKey: PrivateJwk,
  port: number,
  dataDir: string,
): Promise<HttpServer> => {
  const key = randomBytes(24).toString('base64url');
  const app = makeAdminApp(
    {
      isAllowed: keyCheck(key),
      ...operationsOf([...platform.services.values()], () => platform.metrics()),
      catalog: async ({ method, path, type, body }) =>
        fetch(platform.addresses.of('catalog') + path, {
          method,
          headers: {
            authorization: `Bearer ${await operatorToken(userKey)}`,
            ...(type !== undefined && { 'content-type': type }),
          },
          body: body ?? null,
        }),
    },
    logger,
  );
  const server = await listen(app, port, '127.0.0.1');
  noteAdmin(dataDir, server.port, key);
  return server;
};

/** Writes the URL and key of the admin server for tools on this machine, readable by the owner only. Returns the URL. */
export const noteAdmin = (dataDir: string, port: number, key: string): string => {
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(dataDir, 'admin.json'), JSON.stringify({ url, key, pid: process.pid }), { mode: 0o600 });
  return url;
};
