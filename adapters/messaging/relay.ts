import type { EventBus } from '#kernel/event-bus.ts';
import type { Logger } from '../observability/logger.ts';
import type { Lock, OutboxStore } from './stores.ts';
import { WakeableLoop } from './wakeable-loop.ts';

const BATCH = 500;
/** The delay after a lost wake-up or the death of another instance. */
const POLL_MS = 1_000;
/** Commits within this time are relayed together. */
const GATHER_MS = 3;

/** The way from outbox to bus. */
export interface RelayRoute {
  /** Makes this process the only relay; undefined if another process is. */
  tryLock(): Promise<Lock | undefined>;
  /** Moves the oldest events, at most `limit`, in order per key; returns how many. */
  move(limit: number): Promise<number>;
}

/**
 * From an outbox to any bus. A row is deleted by ID once the bus has acknowledged it, so no event is lost; after a crash in
 * between it is published twice, which inboxes recognise.
 */
export const outboxRoute = (store: OutboxStore, bus: EventBus): RelayRoute => ({
  tryLock: () => store.tryLock(),
  move: async (limit) => {
    const rows = await store.oldest(limit);
    if (rows.length === 0) return 0;
    await bus.publish(rows.map(({ envelope }) => envelope));
    await store.remove(rows.map(({ id }) => id));
    return rows.length;
  },
});

/** Publishes events as soon as they are committed. One relay per route keeps the order. */
export class OutboxRelay {
  readonly #route: RelayRoute;
  readonly #loop: WakeableLoop;
  #lock: Lock | undefined;

  constructor(route: RelayRoute, logger: Logger) {
    this.#route = route;
    this.#loop = new WakeableLoop({
      gatherMs: GATHER_MS,
      turn: () => this.#turn(),
      onError: (error) => {
        logger.error({ err: error }, 'outbox relay failed, will try again');
      },
    });
  }

  start(): void {
    this.#loop.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lock?.release();
  }

  async #turn(): Promise<number> {
    if (this.#lock?.isHeld() !== true) this.#lock = await this.#route.tryLock();
    if (!this.#lock) return POLL_MS;
    const moved = await this.#route.move(BATCH);
    return moved >= BATCH ? 0 : POLL_MS; // later events ring the bell
  }
}
