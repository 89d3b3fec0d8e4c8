import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import { MINUTE } from '#kernel/clock.ts';

/** Under which pseudonym models know the user of a request. Only the gateway sets it. */
export const SHOPPER_ID = 'shopper-id';

const PATH = '/internal/v1/shoppers';
/** Per call, as analytics allows. */
const AT_ONCE = 200;
const MOST_WAITING = 10_000;
const MOST_KNOWN = 50_000;
/** After this, an erased user has none here either. */
export const KNOWN_MS = MINUTE;
/** Who comes back within the second half is asked about again, so that they are known without a gap. */
const AGAIN_MS = KNOWN_MS / 2;

const UserId = z.guid();
const Answer = z.object({ items: z.array(z.object({ user_id: UserId, shopper_id: z.guid() })) });

export interface ShoppersOptions {
  /** Asks analytics. */
  readonly client: ServiceClient;
  readonly metrics: Pick<Metrics, 'counter'>;
  readonly logger: Logger;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/** The pseudonyms of users who are here. No request waits for one: the first of a user goes without. */
export class Shoppers {
  readonly #client: ServiceClient;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #note: (outcome: 'known' | 'none' | 'asked') => void;
  /** By user; null if there is none. */
  readonly #known: LRUCache<string, { readonly shopperId: string | null }>;
  /** Users who are being asked about, or will be. */
  readonly #wanted = new Set<string>();
  #isAsking = false;
  #isBroken = false;

  constructor({ client, metrics, logger, now = () => performance.now() }: ShoppersOptions) {
    this.#client = client;
    this.#logger = logger;
    this.#now = now;
    const found = metrics.counter('shoppers_found_total', 'Requests of users, by whether their pseudonym was at hand: known, none (they have none), asked (for the next request)', ['outcome']); // prettier-ignore
    this.#note = (outcome) => {
      found.inc({ outcome });
    };
    this.#known = new LRUCache({ max: MOST_KNOWN, ttl: KNOWN_MS, ttlResolution: 0, perf: { now } });
  }

  /** The user's pseudonym, if it is at hand. */
  of(userId: string): string | undefined {
    const found = this.#known.get(userId);
    if (!found || this.#known.getRemainingTTL(userId) < AGAIN_MS) this.#want(userId);
    this.#note(found ? (found.shopperId === null ? 'none' : 'known') : 'asked');
    return found?.shopperId ?? undefined;
  }

  #want(userId: string): void {
    if (this.#wanted.size >= MOST_WAITING || !UserId.safeParse(userId).success) return;
    this.#wanted.add(userId);
    if (!this.#isAsking) void this.#askAll();
  }

  /** One call at a time: users who come meanwhile are in the next. Never rejects. */
  async #askAll(): Promise<void> {
    this.#isAsking = true;
    try {
      while (this.#wanted.size > 0) await this.#ask([...this.#wanted].slice(0, AT_ONCE));
      this.#isBroken = false;
    } catch (error) {
      this.#wanted.clear(); // the next requests of these users ask again
      if (!this.#isBroken) this.#logger.warn({ err: error }, 'users get no lists of their own for now');
      this.#isBroken = true;
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(userIds: readonly string[]): Promise<void> {
    const start = this.#now();
    const body = { user_ids: userIds };
    const answer = await this.#client({ method: 'POST', path: PATH, scope: 'shoppers:read', body });
    if (answer.status !== 200) throw new Error(`${PATH} returned ${answer.status}`);
    const found = new Map(Answer.parse(answer.body).items.map((one) => [one.user_id, one.shopper_id]));
    for (const id of userIds) {
      this.#known.set(id, { shopperId: found.get(id) ?? null }, { start }); // as of when it was asked for
      this.#wanted.delete(id);
    }
  }
}
