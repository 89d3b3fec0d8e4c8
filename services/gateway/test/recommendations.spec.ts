import type { IncomingHttpHeaders } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { until } from '#test/kit/conditions.ts';
import { openGateway, type Answering } from './stub.ts';

const specOf = (name: string) => loadSpec(new URL(`../../../openapi/${name}.yaml`, import.meta.url));
const SPECS = ['recommendation', 'search', 'catalog'].map((service) => ({ service, spec: specOf(service) }));

/** What analytics answers; undefined while it is away. */
let pseudonyms: readonly object[] | undefined;
const analytics: ServiceClient = () =>
  pseudonyms
    ? Promise.resolve({ status: 200, body: { items: pseudonyms } })
    : Promise.reject(new Error('analytics is away'));

const gateway = forEachTest(() =>
  // Patient: the spec says when the service is late.
  openGateway(
    { GATEWAY_RECOMMENDATION_MS: '1000' },
    undefined,
    undefined,
    undefined,
    SPECS,
    undefined,
    analytics,
  ),
);

const ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21';
const OTHER = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f22';
const SHOPPER = '7d4e1f7a-5b0c-4c8e-9a53-2f1d0c9b8a76';
const LIST = { list_id: ID, list: 'popular', strategy: 'popular', bucket: 3, items: [] };
const PATH = '/api/v1/recommendations';

type Replies = Readonly<Record<string, Answering>>;

const json =
  (body: object, status = 200): Answering =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const never: Answering = () => undefined;
const found = json({ items: [{ product_id: ID }, { product_id: OTHER }] });

const answerBy = (replies: Replies): void => {
  gateway.answer((request, response) => {
    const [path = ''] = request.url.split('?');
    return (replies[path] ?? json({}, 503))(request, response);
  });
};
const asked = (path: string): readonly string[] =>
  gateway.received.map(({ url }) => url).filter((url) => url.startsWith(path));
const ask = (query: string, more: object = {}) => gateway.send('GET', `${PATH}?${query}`, more);
const fallbacks = async (): Promise<readonly string[]> =>
  [...(await gateway.metrics.text()).matchAll(/recommendation_fallbacks_total\{reason="(\w+)"/g)].map(
    ([, reason = '']) => reason,
  );

describe('recommendations', () => {
  beforeEach(() => {
    pseudonyms = undefined;
    answerBy({ [PATH]: json(LIST), '/api/v1/search': found });
  });

  it('are the service’s, and are kept by no cache', async () => {
    const { status, body, headers } = await ask('list=popular&limit=3&secret=1');
    expect([status, body]).toEqual([200, LIST]);
    expect(headers.get('cache-control')).toContain('no-store');
    expect(gateway.received.map(({ url }) => url)).toEqual([`${PATH}?limit=3&list=popular`]);
    expect(await fallbacks()).toEqual([]);
  });

  it('are asked for with the caller’s token, and never with a visit that the client names', async () => {
    const token = await gateway.userToken(undefined, ID);
    await ask('list=for_you', { token, headers: { 'visit-session': OTHER } });
    const [{ headers } = { headers: {} as IncomingHttpHeaders }] = gateway.received;
    expect(headers).toMatchObject({ authorization: `Bearer ${token}` });
    expect(headers['visit-session']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['visit-session']).not.toBe(OTHER);
  });

  it('are asked for under the pseudonym of the user, once it is known, and never under one that the client names', async () => {
    const token = await gateway.userToken(undefined, ID);
    const headers = { 'shopper-id': OTHER };
    const sent = async (more: object): Promise<unknown> => {
      await ask('list=for_you', more);
      return gateway.received.at(-1)?.headers['shopper-id'];
    };
    expect(await sent({ token, headers })).toBeUndefined();
    pseudonyms = [{ user_id: ID, shopper_id: SHOPPER }];
    await until(async () => (await sent({ token, headers })) === SHOPPER);
    expect(await sent({ headers })).toBeUndefined();
    expect(await sent({ token: await gateway.userToken(undefined, OTHER), headers })).toBeUndefined();
    await gateway.send('GET', '/api/v1/search', { token, headers });
    expect(gateway.received.at(-1)).toMatchObject({ url: '/api/v1/search' });
    expect(gateway.received.at(-1)?.headers).not.toHaveProperty('shopper-id');
  });

  it('are refused as the service refuses them', async () => {
    answerBy({ [PATH]: json({ code: 'PRODUCT_REQUIRED' }, 422) });
    expect(await ask('list=similar')).toMatchObject({ status: 422, body: { code: 'PRODUCT_REQUIRED' } });
  });

  describe('are popular products', () => {
    const FALLBACK = {
      list: 'for_you',
      strategy: 'fallback',
      items: [
        { product_id: ID, position: 1, reason: { code: 'popular' }, propensity: 1 },
        { product_id: OTHER, position: 2, reason: { code: 'popular' }, propensity: 1 },
      ],
    };

    it.each([
      ['late', never],
      ['down', json({}, 500)],
      ['down', (_: unknown, response: Parameters<Answering>[1]) => response.destroy()],
    ] as const)('if the service is %s', async (reason, reply) => {
      answerBy({ [PATH]: reply, '/api/v1/search': found });
      const { status, body } = await ask('list=for_you');
      expect([status, body]).toMatchObject([200, FALLBACK]);
      expect(body.list_id).toMatch(/^[0-9a-f-]{36}$/);
      expect(await fallbacks()).toEqual([reason]);
    });

    it('without asking a service that has failed again and again', async () => {
      answerBy({ [PATH]: json({}, 500), '/api/v1/search': found });
      for (let round = 0; round < 5; round += 1) await ask('list=for_you');
      expect(asked(PATH)).toHaveLength(5);
      expect((await ask('list=for_you')).body).toMatchObject(FALLBACK);
      expect(asked(PATH)).toHaveLength(5);
      expect(await fallbacks()).toContain('circuit_open');
      answerBy({ [PATH]: json(LIST) });
      await until(async () => (await ask('list=popular')).body.strategy === 'popular');
    });

    it('that are found once for many requests, by category', async () => {
      answerBy({ [PATH]: json({}, 500), '/api/v1/search': found });
      const token = await gateway.userToken(undefined, ID, ['admin']);
      for (const query of ['list=for_you', 'list=popular', 'list=popular&category=Home', 'list=for_you&category=Home'])
        await ask(query, { token }); // prettier-ignore
      const searches = gateway.received.filter(({ url }) => url.startsWith('/api/v1/search'));
      expect(searches.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]); // others see them
      expect(asked('/api/v1/search').map((url) => new URLSearchParams(url.split('?')[1]).get('category'))).toEqual([
        null,
        'Home',
      ]); // prettier-ignore
    });

    it('or the newest, if the search is away as well, or none at all', async () => {
      answerBy({ '/api/v1/products': found });
      expect((await ask('list=for_you&limit=1')).body.items).toHaveLength(1);
      answerBy({});
      expect(await ask('list=for_you&category=Home')).toMatchObject({ status: 200, body: { items: [] } });
    });

    it('but not in lists that are about something else', async () => {
      answerBy({ '/api/v1/search': found });
      expect((await ask(`list=similar&product_id=${ID}`)).body).toMatchObject({ list: 'similar', items: [] });
      expect(asked('/api/v1/search')).toEqual([]);
    });

    it('for a valid request only, and for the caller', async () => {
      answerBy({ '/api/v1/search': found });
      for (const query of [
        '',
        'list=all',
        'list=popular&limit=25',
        'list=popular&in_stock=1',
        'list=similar',
      ])
        expect(await ask(query)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect((await ask(`list=for_you&user_id=${ID}`)).status).toBe(401);
      const token = await gateway.userToken(undefined, ID);
      expect((await ask(`list=for_you&user_id=${OTHER}`, { token })).status).toBe(403);
      expect((await ask(`list=for_you&user_id=${ID.toUpperCase()}`, { token })).status).toBe(200);
    });
  });
});
