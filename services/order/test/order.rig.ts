import { beforeEach } from 'vitest';
import type { CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { EventPayloads, EventType } from '#kernel/events.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered } from '#test/kit/http.ts';
import type { Sketch } from '#test/kit/sample.ts';
import type { StoreName } from '#test/kit/toolbox.ts';
import { order } from '../main/module.ts';

export const USER = '01900000-0000-7000-8000-000000000001';
export const STRANGER = '01900000-0000-7000-8000-000000000002';
export const VARIANT = '01900000-0000-7000-8000-00000000000a';
export const PRODUCT = '01900000-0000-7000-8000-00000000000b';
export const ITEM = '01900000-0000-7000-8000-00000000000c';
export const GUEST_CART = '01900000-0000-7000-8000-00000000000d';
export const GUEST_TOKEN = 'the-token-of-the-cart';
export const ADDRESS = {
  recipient: 'Sam',
  line1: 'Road 1',
  city: 'Berlin',
  postal_code: '10115',
  country: 'DE',
};

export const GUEST = { email: 'Gail@Example.com', name: 'Gail Guest' };

/** The upstreams' responses; tests change them. */
const neighbours = () => ({
  cart: { cart_id: USER, version: 3, currency: 'EUR', items: [{ item_id: ITEM, product_id: PRODUCT, variant_id: VARIANT, sku: 'K-1', name: 'Kettle', quantity: 2, price: 10 }] } as object, // prettier-ignore
  offers: { items: [{ product_id: PRODUCT, variant_id: VARIANT, sku: 'K-1', name: 'Kettle (Red)', price: 10, currency: 'EUR' }] } as object, // prettier-ignore
  levels: { items: [{ variant_id: VARIANT, available: 12 }] } as object,
  method: { payment_token: 'tok_saved' } as object,
  label: { pdf: Buffer.from('%PDF-1.7 a label').toString('base64') } as object,
  quotes: { items: [{ option_id: 'dhl:express', carrier: 'DHL', service: 'Express', price: 5, currency: 'EUR', estimated_delivery: '2026-03-03' }] } as object, // prettier-ignore
});

const LABEL_PATH = '/internal/v1/return-labels';

type Whereabouts = EventPayloads['shipment.status_updated']['status'];

/** A separate order service for each test of a file, with upstreams under the test's control. */
export const orderForEachTest = (store?: StoreName, env: Readonly<Record<string, string>> = {}) => {
  const defaults = () => ({
    ...neighbours(),
    isDown: false,
    isInventoryDown: false,
    isUserDown: false,
    /** The status of the answer about a saved payment method. */
    methodStatus: 200,
    /** Paths of these questions. */
    methodsAsked: new Array<string>(),
    /** Runs during a call to an upstream. */
    meanwhile: () => Promise.resolve(),
    /** The upstreams called, in this order. */
    calls: new Array<string>(),
  });
  const world = defaults();

  const answering =
    (key: keyof ReturnType<typeof neighbours>): ServiceClient =>
    async ({ path }): Promise<CallAnswer> => {
      world.calls.push(key);
      if (key === 'method') world.methodsAsked.push(path);
      await world.meanwhile();
      const isDown =
        world.isDown || (world.isInventoryDown && key === 'levels') || (world.isUserDown && key === 'method');
      if (isDown) throw new Outage('down');
      return { status: key === 'method' ? world.methodStatus : 200, body: world[key] };
    };

  beforeEach(() => {
    Object.assign(world, defaults());
  });
  /** Gives a guest's cart to the holder of its token only. */
  const cartClient: ServiceClient = (call) => {
    const { cart_token: token = GUEST_TOKEN } = (call.body ?? {}) as { readonly cart_token?: string };
    return token === GUEST_TOKEN
      ? answering('cart')(call)
      : Promise.resolve({ status: 403, body: { code: 'FORBIDDEN' } });
  };
  const service = serviceForEachTest(order, {
    store,
    clients: {
      cart: cartClient,
      catalog: answering('offers'),
      inventory: answering('levels'),
      shipping: (call) => answering(call.path === LABEL_PATH ? 'label' : 'quotes')(call),
      user: answering('method'),
    },
    env,
  });

  const orderBody = (changes: object = {}): object => ({
    cart_version: 3,
    shipping_address: ADDRESS,
    shipping_option_id: 'dhl:express',
    payment_token: 'tok_1',
    expected_total: 29.75,
    currency: 'EUR',
    ...changes,
  });

  const place = async (changes: object = {}, headers: Record<string, string> = {}): Promise<Answered> =>
    service.send('POST', '/api/v1/orders', {
      token: await service.toolbox.tokenOf(USER),
      headers,
      body: orderBody(changes),
    });

  /** A guest places an order. */
  const placeAsGuest = async (
    changes: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answered> => {
    world.cart = { ...world.cart, cart_id: GUEST_CART };
    return service.send('POST', '/api/v1/orders', {
      headers: { 'x-cart-token': GUEST_TOKEN, ...headers },
      body: orderBody({ cart_id: GUEST_CART, customer: GUEST, ...changes }),
    });
  };

  /** Delivers an event about the order to the consumer. */
  const hear = async <T extends EventType>(
    type: T,
    orderId: string,
    payload?: Sketch<EventPayloads[T]>,
  ): Promise<void> => {
    const [consumer] = service.consumers;
    if (!consumer) throw new Error('the order service consumes events');
    await consumer.handle([eventAbout(orderId, type, payload)]);
  };

  const confirm = async (orderId: string): Promise<void> => {
    await hear('inventory.reserved', orderId);
    await hear('payment.authorized', orderId, { brand: 'visa', last4: '4242' });
  };

  /** Places an order whose parcel is then under way. */
  const shipped = async (changes: object = {}): Promise<string> => {
    const orderId = String((await place(changes)).body.order_id);
    await confirm(orderId);
    await hear('payment.successful', orderId);
    await hear('shipment.created', orderId);
    return orderId;
  };

  /** The carrier reports where its parcel is. */
  const report = (orderId: string, status: Whereabouts): Promise<void> =>
    hear('shipment.status_updated', orderId, { status });

  const get = async (orderId: string, userId = USER): Promise<Answered> =>
    service.send('GET', `/api/v1/orders/${orderId}`, { token: await service.toolbox.tokenOf(userId) });

  return { service, world, place, placeAsGuest, hear, confirm, shipped, report, get };
};
