import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLogger } from '#adapters/observability/logger.ts';
import { makeSend, type Send } from '#test/kit/http.ts';
import { listenersOf } from '#test/kit/listeners.ts';
import { makeAdminApp, type AdminOptions } from '../admin-app.ts';
import { keyCheck, openAdmin } from '../admin-server.ts';
import { listen, type HttpServer } from '../server.ts';
import { SECRET } from './edge.ts';

const KEY = 'a key of operators';
const broken = (): Promise<never> => Promise.reject(new Error(SECRET));

const logger = makeLogger({ service: 'admin', level: 'silent' });
const OPERATIONS: Omit<AdminOptions, 'isAllowed'> = {
  troubles: broken,
  redrive: broken,
  hasten: () => Promise.resolve(3),
  metrics: broken,
  catalog: broken,
};

let server: HttpServer;
let send: Send;
beforeAll(async () => {
  const app = makeAdminApp({ ...OPERATIONS, isAllowed: keyCheck(KEY) }, logger);
  server = await listen(app, 0, '127.0.0.1');
  send = makeSend(`http://127.0.0.1:${server.port}`);
});
afterAll(() => server.close());

describe('the admin server', () => {
  it('requires the key', async () => {
    for (const key of ['', 'another key', `${KEY} `.repeat(9)])
      expect((await send('POST', '/hasten', { headers: { 'x-admin-key': key } })).status).toBe(401);
    expect((await send('POST', '/hasten')).status).toBe(401);
    expect(await send('POST', '/hasten', { headers: { 'x-admin-key': KEY } })).toMatchObject({
      body: { tasks: 3 },
    });
  });

  it('listens on loopback only, whatever else the process listens on', async () => {
    let opened: HttpServer | undefined;
    const addresses = await listenersOf(async () => {
      opened = await openAdmin(OPERATIONS, logger, { HOST: '0.0.0.0', ADMIN_KEY: KEY });
    });
    await opened?.close();
    expect(addresses.map(({ address }) => address)).toEqual(['127.0.0.1']);
  });

  it('does not start without a key', async () => {
    expect(await openAdmin(OPERATIONS, logger, {})).toBeUndefined();
  });

  it.each([
    ['breaks', 'GET', '/troubles', undefined, 500],
    ['cannot be decoded', 'POST', '/redrive/%E0%A4%A/x', undefined, 400],
    ['is too large', 'POST', '/api/v1/imports', 'x'.repeat(9 * 1024 * 1024), 413],
  ])('reveals no details if something %s', async (_, method, path, body, status) => {
    const headers = { 'x-admin-key': KEY, 'content-type': 'text/csv' };
    const answer = await send(method, path, { headers, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toMatch(/password|[.][jt]s:\d|node_modules/);
  });
});
