import { request } from 'node:http';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { listen } from '#adapters/http/server.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { onlyOnHost } from '../admin-host.ts';

const HOST = 'admin.example.com:8080';

/** What `/admin` answers under a host name. */
const answerOn = async (only: string | undefined, host: string): Promise<number> => {
  const app = express().use(
    '/admin',
    onlyOnHost(only, (_request, response) => response.sendStatus(200)),
  );
  const server = await listen(app, 0, '127.0.0.1');
  atEnd(() => server.close());
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path: '/admin', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
};

describe('the admin portal', () => {
  it('is on every host if none is set', async () => {
    expect(await answerOn(undefined, 'shop.example.com')).toBe(200);
  });

  it('is on its own host only, if one is set', async () => {
    expect([await answerOn(HOST, HOST), await answerOn(HOST, 'shop.example.com:8080')]).toEqual([200, 404]);
  });
});
