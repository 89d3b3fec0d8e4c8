import type { ServiceClient } from '#adapters/http/client.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import { Outage } from '#adapters/resilience/policy.ts';
import type { EventBus } from '#kernel/event-bus.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';

/** Of an event, only this leaves the process: no name, address or token does. */
type Used = { readonly [T in EventType]?: (payload: EventEnvelope<T>['payload']) => object };

const product: NonNullable<Used['product.created'] & Used['product.updated']> = (payload) => {
  const { product_id, version, category, subcategory, variants, created_at } = payload;
  const visible = 'visible' in payload ? { visible: payload.visible } : {};
  const skus = variants.map(({ sku }) => ({ sku }));
  return { product_id, version, category, subcategory, variants: skus, created_at, ...visible };
};

/** Versions have different fields. */
const only = (payload: object, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => names.includes(name)));

const USED = {
  'product.created': product,
  'product.updated': product,
  'product.deleted': ({ product_id, version }) => ({ product_id, version }),
  'product.viewed': (payload) => only(payload, 'product_id', 'views', 'viewed_at', 'session_id', 'user_id'),
  'inventory.availability_changed': (payload) => payload,
  'cart.item_added': ({ product_id, user_id }) => ({ product_id, user_id }),
  'order.placed': ({ order_id, customer: { user_id }, items, placed_at }) => ({
    order_id,
    customer: { user_id },
    items: items.map(({ product_id }) => ({ product_id })),
    placed_at,
  }),
  'user.forgotten': ({ user_id }) => ({ user_id }),
} as const satisfies Used;

const ERASED = 'user.forgotten' satisfies EventType;
const FOLLOWED = (Object.keys(USED) as (keyof typeof USED)[]).filter((type) => type !== ERASED);

/** The service takes so many at once. */
const MOST_AT_ONCE = 500;
/** Events that wait while it is away; what is older is lost, and the service lists the products again when it starts. */
const MOST_WAITING = 20_000;
const GATHER_MS = 100;

const reduced = (event: EventEnvelope): object => {
  const { event_id, event_type, event_version, timestamp, payload } = event;
  const use = USED[event_type as keyof typeof USED] as (payload: unknown) => object;
  return { event_id, event_type, event_version, timestamp, payload: use(payload) };
};

/** Hands the events of a bus in this process over to the service, which is a process of its own. */
export class EventForwarder {
  readonly #client: ServiceClient;
  readonly #logger: Logger;
  #waiting: object[] = [];
  #sending: Promise<void> = Promise.resolve();
  #isUp = false;
  #isGone = false;

  constructor(bus: EventBus, client: ServiceClient, logger: Logger) {
    this.#client = client;
    this.#logger = logger;
    bus.subscribe({
      consumer: 'recommendation',
      topics: FOLLOWED,
      gatherMs: GATHER_MS,
      handle: (batch) => this.#take(batch),
    });
    // Apart, because these are never lost: they wait in the outbox until they are handed over.
    bus.subscribe({
      consumer: 'recommendation.erasures',
      topics: [ERASED],
      handle: async (batch) => {
        if (this.#isGone) return; // and what it knew with it
        if (!this.#isUp) throw new Outage('recommendation is away');
        await this.#send(batch.map(reduced));
      },
    });
  }

  /** The service answers now. */
  up(): void {
    this.#isUp = true;
    void this.#flush();
  }

  down(): void {
    this.#isUp = false;
  }

  /** There is no service, and will be none: nothing is kept for it. */
  gone(): void {
    this.#isGone = true;
    this.#waiting = [];
  }

  async #take(batch: readonly EventEnvelope[]): Promise<void> {
    if (this.#isGone) return;
    this.#waiting.push(...batch.map(reduced));
    if (this.#waiting.length > MOST_WAITING) this.#waiting.splice(0, this.#waiting.length - MOST_WAITING);
    if (this.#isUp) await this.#flush();
  }

  /** One at a time, so that none overtakes another. Never rejects: no other consumer waits for recommendations. */
  #flush(): Promise<void> {
    this.#sending = this.#sending.then(async () => {
      while (this.#isUp && this.#waiting.length > 0) {
        const portion = this.#waiting.splice(0, MOST_AT_ONCE);
        try {
          await this.#send(portion);
        } catch (error) {
          this.#waiting.unshift(...portion);
          this.#logger.warn({ err: error }, 'events wait for the recommendation service');
          return;
        }
      }
    });
    return this.#sending;
  }

  async #send(events: readonly object[]): Promise<void> {
    const { status } = await this.#client({
      method: 'POST',
      path: '/internal/v1/events',
      scope: 'events:write',
      body: { events },
    });
    if (status !== 204) throw new Error(`recommendation answered ${status} to events`);
  }
}
