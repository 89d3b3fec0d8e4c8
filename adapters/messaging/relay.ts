import type { EventBus } from '#kernel/event-bus.ts';
import type { Logger } from '../observability/logger.ts';
import type { Lock, OutboxStore } from './stores.ts';
import { WakeableLoop } from './wakeable-loop.ts';

const BATCH = 500;
/** The delay after a lost wake-up or the death of another instance. */
const POLL_MS = 1_000;
/** Commits within this time are relayed together. */
const GATHER_MS = 3;

/**
 * Publishes the events of an outbox as soon as they are committed. A row is deleted by ID once the bus has acknowledged it, so no
 * event is lost; after a crash in between it is published twice, which inboxes recognise. One relay per outbox keeps the order.
 */
export class OutboxRelay {
  readonly #outbox: OutboxStore;
  readonly #bus: EventBus;
  readonly #loop: WakeableLoop;
  #lock: Lock | undefined;

  constructor(outbox: OutboxStore, bus: EventBus, logger: Logger) {
    this.#outbox = outbox;
    this.#bus = bus;
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
    if (this.#lock?.isHeld() !== true) this.#lock = await this.#outbox.tryLock();
    if (!this.#lock) return POLL_MS;
    const rows = await this.#outbox.oldest(BATCH);
    if (rows.length > 0) {
      await this.#bus.publish(rows.map(({ envelope }) => envelope));
      await this.#outbox.remove(rows.map(({ id }) => id));
    }
    return rows.length >= BATCH ? 0 : POLL_MS; // later events ring the bell
  }
}
