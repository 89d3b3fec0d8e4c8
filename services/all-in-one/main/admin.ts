import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSigner, type PrivateJwk } from '#adapters/auth/tokens.ts';
import { makeAdminApp } from '#adapters/http/admin-app.ts';
import { listen, type HttpServer } from '#adapters/http/server.ts';
import { STUCK_AFTER } from '#adapters/service/host.ts';
import { ISSUER, type Platform } from './platform.ts';

/** Of one length whatever the text, as the comparison needs it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const NOBODY = '00000000-0000-7000-8000-000000000000';

/** A token of an administrator that has no account: for the shop's own tools on this machine. */
export const operatorToken = async (userKey: PrivateJwk): Promise<string> =>
  (await makeSigner(userKey))(
    { iss: ISSUER, sub: NOBODY, email: 'operator@localhost', name: 'Operator', roles: ['admin'] },
    600,
  );

/** Opens the operators' address on loopback; its URL and key stand in `<dataDir>/admin.json`, for the owner only. */
export const openAdmin = async (
  platform: Platform,
  userKey: PrivateJwk,
  port: number,
  dataDir: string,
): Promise<HttpServer> => {
  const key = randomBytes(24).toString('base64url');
  const isAllowed = (given: string): boolean => timingSafeEqual(digest(given), digest(key));
  const services = [...platform.services.values()];
  const app = makeAdminApp({
    isAllowed,
    troubles: async () =>
      Promise.all(
        services.map(async ({ name, stores }) => ({
          service: name,
          dead: (await stores.deadLetters.list(100)).map(({ consumer, envelope, error, parkedAt }) => ({
            consumer,
            event_id: envelope.event_id,
            event_type: envelope.event_type,
            error,
            parked_at: parkedAt.toISOString(),
          })),
          stuck: (await stores.tasks.stuck(STUCK_AFTER, 100)).map((task) => ({
            key: task.key,
            kind: task.kind,
            attempts: task.attempts,
            error: task.error ?? '',
          })),
        })),
      ),
    metrics: () => platform.metrics(),
    redrive: async (consumer, eventId) => {
      for (const service of services) {
        const redelivery = await service.redeliver(consumer, eventId);
        if (redelivery.outcome !== 'unknown') return redelivery;
      }
      return { outcome: 'unknown' };
    },
    hasten: async () => {
      const hastened = await Promise.all(services.map((service) => service.hasten()));
      return hastened.reduce((sum, tasks) => sum + tasks, 0);
    },
    importProducts: async (body, contentType) => {
      const response = await fetch(`${platform.addresses.of('catalog')}/api/v1/products/imports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await operatorToken(userKey)}`, 'content-type': contentType },
        body,
      });
      return { status: response.status, body: await response.text() };
    },
  });
  const server = await listen(app, port, '127.0.0.1');
  const note = { url: `http://127.0.0.1:${server.port}`, key, pid: process.pid };
  writeFileSync(join(dataDir, 'admin.json'), JSON.stringify(note), { mode: 0o600 });
  return server;
};
