import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '#kernel/events.ts';
import { catalogForEachTest } from '#catalog/test/catalog.rig.ts';
import { serve } from '../http.ts';
import { announcing } from './provider.ts';
import { verify, type Promises } from './verify.ts';

/** What a broken provider makes of a good answer. */
type Breaking = (status: number, body: string) => readonly [number, string];

describe('a provider', () => {
  const { service, create, manager } = catalogForEachTest();
  let breaking: Breaking;
  let brokenUrl: string;

  beforeEach(async () => {
    breaking = (status, body) => [status, body];
    ({ url: brokenUrl } = await serve((request, response) => {
      void (async () => {
        const answer = await fetch(service.url + (request.url ?? ''), {
          method: request.method ?? 'GET',
          headers: {
            'content-type': 'application/json',
            authorization: request.headers.authorization ?? '',
          },
          body: await text(request),
        });
        const [status, body] = breaking(answer.status, await answer.text());
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      })();
    }));
  });

  const createOne = async (prices?: object): Promise<Record<string, string>> => {
    const { body } = await create(
      prices && {
        variants: [{ sku: 'KET-TWO', price: 19.99, currency: 'EUR', prices, images: ['/two.svg'] }],
      },
    );
    return { product_id: String(body.product_id), variant_id: String(body.variants[0].variant_id) };
  };
  const createInTwoCurrencies = async (): Promise<Record<string, string>> => {
    const body = { code: 'US', name: 'USA', currency: 'USD' };
    await service.send('POST', '/api/v1/price-lists', { token: await manager(), body });
    return createOne({ US: 21.5 });
  };
  const promises = (): Promises => ({
    service: { url: brokenUrl, toolbox: service.toolbox },
    states: {
      'a variant is on sale': () => createOne(),
      'a variant is on sale in two currencies': createInTwoCurrencies,
      'nothing is on sale': async () => undefined,
    },
  });
  const offers = { consumer: 'cart', provider: 'catalog' };
  const OFFER = 'not kept: for the offer of a variant';

  it('that meets its contract breaks nothing', async () => {
    expect(await verify(offers, promises())).toEqual([]);
  });

  it.each<readonly [string, Breaking]>([
    ['renames a field', (status, body) => [status, body.replaceAll('"sku"', '"code"')]],
    ['answers another status', (_, body) => [202, body]],
  ])('that %s breaks its contract', async (_, change) => {
    breaking = change;
    expect(await verify(offers, promises())).toContain(OFFER);
  });

  it('that requires more than the caller’s permissions breaks its contract', async () => {
    const { toolbox } = service;
    const serviceToken = (caller: string): Promise<string> => toolbox.serviceToken(caller, 'views:write');
    const refusing = { url: brokenUrl, toolbox: { ...toolbox, serviceToken } };
    expect(await verify(offers, { ...promises(), service: refusing })).toContain(OFFER);
  });

  it('that cannot set up a state breaks its contract', async () => {
    const states = { 'nothing is on sale': async () => undefined };
    expect(await verify(offers, { ...promises(), states })).toContain('no such state: a variant is on sale');
    const failing = { ...states, 'a variant is on sale': () => Promise.reject(new Error('sold out')) };
    expect(await verify(offers, { ...promises(), states: failing })).toEqual(
      expect.arrayContaining(['a variant is on sale: Error: sold out', OFFER]),
    );
  });

  describe('of events', () => {
    // A pair without HTTP calls.
    const products = { consumer: 'search', provider: 'catalog' };
    const verifyEvents = (change: (event: EventEnvelope) => unknown): Promise<readonly string[]> => {
      const { 'product.created': created } = announcing(service.toolbox.announced, {
        'product.created': () => create(),
      });
      if (!created) throw new Error('no such event');
      const changed = async () => change(await created()) as EventEnvelope;
      return verify(products, { events: { 'product.created': changed } });
    };
    const CREATED = 'not kept: product.created';

    it('that publishes the expected event keeps that much of its contract', async () => {
      expect(await verifyEvents((event) => event)).not.toContain(CREATED);
    });

    it.each<readonly [string, (event: EventEnvelope) => unknown]>([
      ['goes on to a new version', (event) => ({ ...event, event_version: '9.0' })],
      ['calls it something else', (event) => ({ ...event, event_type: 'product.made' })],
    ])('that %s breaks its contract', async (_, change) => {
      expect(await verifyEvents(change)).toContain(CREATED);
    });

    it('that never publishes it breaks its contract', async () => {
      expect(await verifyEvents((event) => event)).toContain('not kept: product.updated');
    });
  });
});
