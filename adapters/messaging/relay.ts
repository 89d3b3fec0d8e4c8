import type { EventBus } from '#kernel/event-bus.ts';
import type { Logger } from '../observability/logger.ts';
import type { Lock, OutboxStore } from './stores.ts';
import { WakeableLoop } from './wakeable-loop.ts';

const BATCH = 500;
/** Only a wake-up that was lost, or another instance's death, waits this long. */
const POLL_MS = 1_000;

/**
 * Carries events from an outbox to the bus. A row goes when the bus has acknowledged it, by its id, so no event
 * is lost; a crash in between publishes it twice, which the inboxes notice. One relay per outbox keeps order.
 */
export class OutboxRelay {
  readonly #store: OutboxStore;
  readonly #bus: EventBus;
  readonly #loop: WakeableLoop;
  #lock: Lock | undefined;

  constructor(store: OutboxStore, bus: EventBus, logger: Logger) {
    this.#store = store;
    this.#bus = bus;
    this.#loop = new WakeableLoop({
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
    if (this.#lock?.isHeld() !== true) this.#lock = await this.#store.tryLock();
    if (!this.#lock) return POLL_MS;
    const rows = await this.#store.oldest(BATCH);
    if (rows.length === 0) return POLL_MS;
    await this.#bus.publish(rows.map(({ envelope }) => envelope));
    await this.#store.remove(rows.map(({ id }) => id));
    return rows.length === BATCH ? 0 : POLL_MS; // whatever came meanwhile has woken it
  }
}
