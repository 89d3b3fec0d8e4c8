import { describe, expect, it } from 'vitest';
import type { Role } from '#adapters/auth/principal.ts';
import { loadSpec } from '#adapters/http/spec.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openGateway, type Answering, type Received } from './stub.ts';

const specOf = (name: string) => loadSpec(new URL(`../../../openapi/${name}.yaml`, import.meta.url));

/** With the services' own OpenAPI files; all are the same stub, except `down`. */
const gateway = forEachTest(() =>
  openGateway({ GATEWAY_STAFF_SEARCH_MS: '1500' }, undefined, undefined, undefined, [
    ...['order', 'catalog', 'user', 'inventory'].map((service) => ({ service, spec: specOf(service) })),
  ]),
);

const ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21';
const ITEMS: Readonly<Record<string, object>> = {
  '/api/v1/staff/orders': {
    order_id: ID,
    number: 'J6SW-3T35',
    status: 'pending',
    currency: 'EUR',
    total_amount: 10,
    placed_at: '2026-03-01T10:15:00Z',
    customer: { user_id: ID, name: 'Sam Shopper', email: 'sam@example.com' },
    tags: [],
  },
  '/api/v1/staff/products': {
    product_id: ID,
    name: 'Lamp',
    brand: 'Lux',
    skus: ['LAMP-OAK'],
    status: 'active',
  },
  '/api/v1/users': {
    user_id: ID,
    email: 'sam@example.com',
    first_name: 'Sam',
    last_name: 'Shopper',
    roles: [],
  },
  '/api/v1/inventory/stock': { variant_id: ID, sku: 'LAMP-OAK', available: 3, version: 1 },
};

const pathOf = ({ url }: Pick<Received, 'url'>): string => url.split('?')[0] ?? '';

const ask = async (path: string, ...roles: readonly Role[]) =>
  gateway.send('GET', path, { token: await gateway.userToken(undefined, 'u-1', roles) });

const answerAll = (except?: string): void => {
  gateway.answer((request, response) => {
    if (pathOf(request) === except) return; // for ever
    const body = JSON.stringify({ items: [ITEMS[pathOf(request)]] });
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
};

describe('the search for staff', () => {
  it('finds everything that an admin may list in one request, and shows little of it', async () => {
    answerAll();
    const { status, body } = await ask('/api/v1/staff/search?q=lamp%20oak', 'admin');
    expect(status).toBe(200);
    expect(body).toEqual({
      found: {
        orders: [
          {
            order_id: ID,
            number: 'J6SW-3T35',
            status: 'pending',
            currency: 'EUR',
            total_amount: 10,
            placed_at: '2026-03-01T10:15:00Z',
            customer: { name: 'Sam Shopper', email: 'sam@example.com' },
          },
        ],
        products: [{ product_id: ID, name: 'Lamp', brand: 'Lux', skus: ['LAMP-OAK'] }],
        customers: [{ user_id: ID, email: 'sam@example.com', first_name: 'Sam', last_name: 'Shopper' }],
        skus: [{ variant_id: ID, sku: 'LAMP-OAK', available: 3 }],
      },
      missing: [],
    });
    expect(gateway.received.map(({ url }) => url).sort()).toEqual([
      '/api/v1/inventory/stock?limit=5&q=lamp%20oak',
      '/api/v1/staff/orders?limit=5&q=lamp%20oak',
      '/api/v1/staff/products?limit=5&q=lamp%20oak',
      '/api/v1/users?limit=5&q=lamp%20oak&role=customer',
    ]);
  });

  it('asks only for what the roles of the caller may see', async () => {
    answerAll();
    const { body } = await ask('/api/v1/staff/search?q=lamp', 'catalog_manager');
    expect(body).toEqual({ found: { products: [expect.anything()] }, missing: [] });
    expect(gateway.received.map(pathOf)).toEqual(['/api/v1/staff/products']);
    expect((await ask('/api/v1/staff/search?q=lamp', 'customer')).status).toBe(403);
  });

  it('leaves out what is late, and says so', async () => {
    answerAll('/api/v1/users');
    const { body } = await ask('/api/v1/staff/search?q=lamp', 'admin');
    expect(body.missing).toEqual(['customers']);
    expect(Object.keys(body.found)).toEqual(['orders', 'products', 'skus']);
  });

  it.each(['', '?q=', '?q=%20', `?q=${'x'.repeat(201)}`, '?q=%00'])('refuses %s', async (query) => {
    expect(await ask(`/api/v1/staff/search${query}`, 'admin')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect(gateway.received).toEqual([]);
  });
});

describe('the operations of the services', () => {
  const WAITING = {
    outbox_events: 1,
    consumers: [{ consumer: 'c', lag: 2 }],
    dead_letters: 3,
    failing_tasks: 4,
  };

  const waiting: Answering = (request, response) => {
    const [service = ''] = pathOf(request).split('/').slice(-1);
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ service, ...WAITING }));
  };

  it('are asked for once more of a service that is ready but late, as each is when it has just started', async () => {
    let asked = 0;
    gateway.answer((request, response) => {
      if (pathOf(request).endsWith('/user') && (asked += 1) === 1) return; // for ever
      waiting(request, response);
    });
    const { body } = await ask('/api/v1/operations', 'operator');
    expect(body.missing).toEqual([]);
    expect(body.services).toContainEqual({ service: 'user', ready: true, operations: WAITING });
    expect(gateway.received).toHaveLength(5);
  });

  it('are shown together, and a service that does not respond is named', async () => {
    gateway.answer((request, response) => {
      if (pathOf(request).endsWith('/user')) response.writeHead(500).end();
      else waiting(request, response);
    });
    const { status, body } = await ask('/api/v1/operations', 'operator');
    expect(status).toBe(200);
    expect(body.missing).toEqual(['user']);
    expect(body.services).toContainEqual({ service: 'order', ready: true, operations: WAITING });
    expect(body.services).toContainEqual({ service: 'user', ready: true });
  });

  it('are sent to the service that the path names, for operators only', async () => {
    answerAll();
    expect((await ask('/api/v1/operations/order/dead-letters?limit=5', 'operator')).status).toBe(200);
    expect(gateway.received.map(({ url }) => url)).toEqual(['/api/v1/operations/order/dead-letters?limit=5']);
    expect((await ask('/api/v1/operations/order/dead-letters', 'order_manager')).status).toBe(403);
    for (const service of ['nothing', 'gateway', 'operations'])
      expect((await ask(`/api/v1/operations/${service}/dead-letters`, 'operator')).status).toBe(404);
  });
});
