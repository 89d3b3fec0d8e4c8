import type { Role } from '#adapters/auth/principal.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { serviceForEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import type { Answered, SendOptions } from '#test/kit/http.ts';
import { storesWith } from '#test/kit/toolbox.ts';
import { review } from '../main/module.ts';

export const PRODUCT = '0190a000-0000-7000-8000-00000000000a';
export const OTHER_PRODUCT = '0190a000-0000-7000-8000-00000000000b';
/** Nothing has this ID. */
export const NOTHING = '0190a000-0000-7000-8000-000000000001';

/** What a shopper says about a product. */
export const opinion = (changes: object = {}) => ({
  rating: 5,
  title: 'Warm and light',
  text: 'I wear it every day.',
  language: 'en',
  ...changes,
});

/** A shopper has placed an order for one product at 20 EUR. */
export const placed = (userId: string, orderId: string, ...productIds: string[]): EventEnvelope =>
  eventAbout(orderId, 'order.placed', {
    order_id: orderId,
    customer: { user_id: userId },
    currency: 'EUR',
    total_amount: 20,
    items: productIds.map((product_id) => ({ product_id })),
  });

export const delivered = (userId: string, orderId: string): EventEnvelope =>
  eventAbout(orderId, 'order.delivered', { order_id: orderId, customer: { user_id: userId } });

/** @param products of which each unit is refunded */
export const refunded = (userId: string, orderId: string, total = 20, products?: string[]): EventEnvelope =>
  eventAbout(orderId, 'order.refunded', {
    ...(products && { refunded_products: products }),
    order_id: orderId,
    customer: { user_id: userId },
    amount: total,
    refunded_total: total,
    currency: 'EUR',
  });

/** A refund failed, and the shop has paid in another way. */
export const settled = (userId: string, orderId: string, total = 20, products?: string[]): EventEnvelope =>
  eventAbout(orderId, 'order.refund_settled', {
    ...(products && { refunded_products: products }),
    order_id: orderId,
    customer: { user_id: userId },
    amount: total,
    settled_total: total,
    currency: 'EUR',
  });

export const idOf = ({ body }: Answered): string => String(body.review_id);

/** In memory, or with SHOP_TEST=engines on MongoDB. */
const [STORE] = storesWith('mongo');

/** Pictures that users have uploaded. */
export const PICTURE = '0190b000-0000-7000-8000-000000000001';
export const OTHER_PICTURE = '0190b000-0000-7000-8000-000000000002';

const urlOf = (id: string, preset: string): string => `/api/v1/media/files/${id}-${preset}.webp`;

/** The media service, which has these two pictures. */
export const mediaClient: ServiceClient = ({ body }) => {
  const { media_ids: ids } = body as { readonly media_ids: readonly string[] };
  const items = ids
    .filter((id) => [PICTURE, OTHER_PICTURE].includes(id))
    .map((media_id) => ({
      media_id,
      version: 2,
      purpose: 'review',
      status: 'ready',
      kind: 'picture',
      width: 640,
      height: 480,
      colour: '#102030',
      placeholder: 'data:image/webp;base64,',
      variants: ['thumb', 'large'].map((preset) => ({
        preset,
        content_type: 'image/webp',
        width: 160,
        height: 120,
        url: urlOf(media_id, preset),
      })),
      created_at: '2026-03-01T12:00:00.000Z',
    }));
  return Promise.resolve({ status: 200, body: { items } });
};

/** The catalog, in which customers see these two products. */
const catalogClient: ServiceClient = ({ body }) => {
  const { product_ids: asked } = body as { readonly product_ids: readonly string[] };
  const product_ids = [PRODUCT, OTHER_PRODUCT].filter((id) => asked.includes(id));
  return Promise.resolve({ status: 200, body: { product_ids } });
};

/** A review service of its own for each test of a file, and what its tests ask of it. */
export const reviewsForEachTest = () => {
  const service = serviceForEachTest(review, {
    store: STORE,
    clients: { media: mediaClient, catalog: catalogClient },
  });
  const { send } = { send: (...args: Parameters<typeof service.send>) => service.send(...args) };
  const as = (userId: string, ...roles: readonly Role[]): Promise<string> =>
    service.toolbox.tokenOf(userId, ...roles);

  /** Hands the events to the consumer that takes them. */
  const hear = async (...events: readonly EventEnvelope[]): Promise<void> => {
    for (const event of events)
      for (const consumer of service.consumers)
        if (consumer.topics.includes(event.event_type)) await consumer.handle([event]);
  };

  /** A new shopper who received the products. */
  const buyer = async (...productIds: string[]): Promise<string> => {
    const [userId, orderId] = [systemIds.next(), systemIds.next()];
    const products = productIds.length === 0 ? [PRODUCT] : productIds;
    await hear(placed(userId, orderId, ...products), delivered(userId, orderId));
    return userId;
  };

  const call = async (
    userId: string,
    method: string,
    path: string,
    body?: unknown,
    options: SendOptions & { readonly roles?: readonly Role[] } = {},
  ): Promise<Answered> =>
    send(method, path, {
      token: await as(userId, ...(options.roles ?? [])),
      ...(body === undefined ? {} : { body }),
      ...options,
    });

  const moderator = systemIds.next();

  return {
    service,
    send,
    hear,
    buyer,
    call,
    /** As a shopper. */
    write: (
      userId: string,
      changes: object = {},
      { productId = PRODUCT, ...options }: SendOptions & { readonly productId?: string } = {},
    ): Promise<Answered> =>
      call(userId, 'POST', `/api/v1/products/${productId}/reviews`, opinion(changes), options),
    /** A review by a new shopper. */
    written: async (changes: object = {}): Promise<Answered & { readonly userId: string }> => {
      const userId = await buyer();
      const answer = await call(userId, 'POST', `/api/v1/products/${PRODUCT}/reviews`, opinion(changes));
      return { ...answer, userId };
    },
    moderate: (method: string, path: string, body?: unknown): Promise<Answered> =>
      call(moderator, method, path, body, { roles: ['moderator'] }),
    decide: (...items: readonly object[]): Promise<Answered> =>
      call(moderator, 'POST', '/api/v1/moderation/decisions', { items }, { roles: ['moderator'] }),
    list: (query = '', productId = PRODUCT): Promise<Answered> =>
      send('GET', `/api/v1/products/${productId}/reviews${query}`),
    rating: async (productId = PRODUCT) =>
      (await send('GET', `/api/v1/products/${productId}/rating`)).body as {
        readonly average: number;
        readonly count: number;
        readonly histogram: readonly number[];
      },
    /** Facts about reviews. */
    announced: async (): Promise<readonly string[]> =>
      (await service.toolbox.announced())
        .filter(({ event_type }) => event_type !== 'review.rating_changed')
        .map((event) => `${event.event_type} ${event.aggregate_version}`),
  };
};
