import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { listen, type HttpServer } from '#adapters/http/server.ts';
import { askStates } from '../states.ts';
import { overHttp } from '../upstream.http.ts';

describe('the states of the services', () => {
  let server: HttpServer;
  let asked = 0;
  beforeAll(async () => {
    server = await listen((_, response) => response.end(String((asked += 1))), 0, '127.0.0.1');
  });
  afterAll(() => server.close());

  const addressesOf = (service: string): readonly string[] =>
    service === 'up' ? ['http://127.0.0.1:9', `http://127.0.0.1:${server.port}`] : ['http://127.0.0.1:9'];

  const { isReady } = overHttp(addressesOf)(1_000);

  it('are ready if one of their instances is', async () => {
    expect(await askStates(['up', 'down'], isReady)()).toEqual([
      { service: 'up', isReady: true },
      { service: 'down', isReady: false },
    ]);
  });

  it('are checked at most once a second, however many clients ask', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(5_000);
    const states = askStates(['up'], isReady);
    asked = 0;
    await Promise.all([states(), states()]);
    clock.mockReturnValue(5_999);
    await states();
    expect(asked).toBe(1);
    clock.mockReturnValue(6_000);
    await states();
    expect(asked).toBe(2);
    clock.mockRestore();
  });
});
