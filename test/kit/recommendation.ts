import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey, makeServiceTokens, makeSigner, publicJwk } from '#adapters/auth/tokens.ts';
import type { Role } from '#adapters/auth/principal.ts';
import { makeUserSigner } from '#adapters/auth/user-tokens.ts';
import { startChild } from '#adapters/process/child.ts';
import { ensureEnvironment } from '#recommendation/main/environment.ts';
import { RECOMMENDATION } from '#recommendation/main/module.ts';
import { programOf } from '#recommendation/main/program.ts';
import { atEnd, temporaryFolder } from './cleanup.ts';
import { serve } from './http.ts';

const ISSUER = 'https://shop.test';
const CALLERS = ['gateway'];
const TOKEN_S = 3_600;

/** The service in Python, as a process, until the end of the test or file. */
export const startRecommendation = async (env: Readonly<Record<string, string>> = {}) => {
  await ensureEnvironment();
  const folder = temporaryFolder();
  const models = join(folder, 'models');
  mkdirSync(models);
  const userKey = await generateKey('user');
  const callerKeys = new Map(await Promise.all(CALLERS.map(async (name) => [name, await generateKey(name)] as const))); // prettier-ignore
  const issuer = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [publicJwk(userKey)] }));
  }); // prettier-ignore
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, JSON.stringify({ keys: [...callerKeys.values()].map(publicJwk) }));
  const child = startChild(
    programOf({
      PATH: process.env['PATH'],
      SERVICE_KEYS_FILE: keysFile,
      USER_URL: issuer.url,
      USER_ISSUER: ISSUER,
      RECOMMENDATION_MODELS: models,
      RECOMMENDATION_STATE_FILE: join(folder, 'state.sqlite'),
      SHUTDOWN_DRAIN_MS: '0',
      ...env,
    }),
  );
  atEnd(() => child.end());
  const { groups } = await child.line(/^ready on port (?<port>\d+)$/);
  const sign = await makeUserSigner(userKey, ISSUER);
  return {
    url: `http://127.0.0.1:${groups?.['port'] ?? ''}`,
    models,
    end: child.end,
    toolbox: {
      tokenOf: (userId: string, ...roles: readonly Role[]) =>
        sign({ sub: userId, email: `${userId}@example.com`, roles }, TOKEN_S),
      serviceToken: async (caller: string, scope: string) => {
        const key = callerKeys.get(caller);
        if (!key) throw new Error(`${caller} calls no recommendation service`);
        return makeServiceTokens(caller, await makeSigner(key))(RECOMMENDATION, scope);
      },
    },
  };
};
