import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { checkEvent } from '../events/schemas.ts';
import type { Logger } from '../observability/logger.ts';
import { inChunks } from './in-chunks.ts';
import { WakeableLoop } from './wakeable-loop.ts';

const BATCH = 200;
const IDLE_MS = 60_000;
const ERASE_EVERY_MS = 200;

export interface Delivery {
  readonly consumer: string;
  readonly envelope: EventEnvelope;
}

/** A delivery that its consumer has committed or parked. */
export interface Finished {
  readonly consumer: string;
  readonly eventId: string;
}

/** Keeps deliveries across restarts of the process. */
export interface DeliveryJournal {
  /** Adding an existing delivery has no effect. */
  append(deliveries: readonly Delivery[]): Promise<void>;
  remove(deliveries: readonly Finished[]): Promise<void>;
  /** Deliveries that a former process left unfinished, oldest first. */
  load(): Promise<Delivery[]>;
}

/** For the memory profile: it keeps nothing. */
export const noJournal: DeliveryJournal = {
  append: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  load: () => Promise.resolve([]),
};

/** As text: every delivery is parsed separately, as if it had come over a network. */
interface Waiting {
  readonly eventId: string;
  readonly text: string;
}

const parse = ({ text }: Waiting): EventEnvelope => JSON.parse(text) as EventEnvelope;

/** The queue of a consumer: in order, one batch at a time; a failed batch is retried after a pause. */
class Channel {
  readonly subscription: Subscription;
  readonly loop: WakeableLoop;
  readonly #queue: Waiting[] = [];
  #idle: (() => void)[] = [];

  constructor(subscription: Subscription, eraser: Eraser, logger: Logger) {
    this.subscription = subscription;
    this.loop = new WakeableLoop({
      gatherMs: subscription.gatherMs,
      turn: async () => {
        const batch = this.#queue.slice(0, BATCH);
        if (batch.length > 0) {
          await subscription.handle(batch.map(parse));
          this.#queue.splice(0, batch.length);
          const { consumer } = subscription;
          eraser.add(batch.map(({ eventId }) => ({ consumer, eventId })));
        }
        if (this.#queue.length > 0) return 0;
        for (const resolve of this.#idle.splice(0)) resolve();
        return IDLE_MS;
      },
      onError: (error) => {
        logger.warn({ err: error, consumer: subscription.consumer }, 'consumer paused');
      },
    });
  }

  push(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.loop.wake();
  }

  lag(): number {
    return this.#queue.length;
  }

  /** IDs of its unfinished events. */
  waiting(): ReadonlySet<string> {
    return new Set(this.#queue.map(({ eventId }) => eventId));
  }

  async caughtUp(): Promise<void> {
    if (this.#queue.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }
}

/**
 * Removes finished deliveries from the journal, for all consumers together. A delivery that a crash leaves there is repeated,
 * and the inbox recognises it.
 */
class Eraser {
  readonly #journal: DeliveryJournal;
  readonly #loop: WakeableLoop;
  #finished: Finished[] = [];

  constructor(journal: DeliveryJournal, logger: Logger) {
    this.#journal = journal;
    this.#loop = new WakeableLoop({
      turn: async () => {
        await this.#erase();
        return ERASE_EVERY_MS;
      },
      onError: (error) => {
        logger.warn({ err: error }, 'the journal of deliveries cannot be cleared');
      },
    });
  }

  add(finished: readonly Finished[]): void {
    this.#finished.push(...finished);
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#erase();
  }

  async #erase(): Promise<void> {
    const batch = this.#finished.splice(0);
    if (batch.length === 0) return;
    try {
      await this.#journal.remove(batch);
    } catch (error) {
      this.#finished.push(...batch);
      throw error;
    }
  }
}

const toWaiting = (envelope: EventEnvelope): Waiting => ({
  eventId: envelope.event_id,
  text: JSON.stringify(envelope),
});

/** The bus inside one process: durable by its journal, in order per consumer, redelivered until handled. */
export class InProcessBus implements EventBus {
  readonly #journal: DeliveryJournal;
  readonly #logger: Logger;
  readonly #eraser: Eraser;
  readonly #channels = new Map<string, Channel>();

  constructor(journal: DeliveryJournal, logger: Logger) {
    this.#journal = journal;
    this.#logger = logger;
    this.#eraser = new Eraser(journal, logger);
  }

  subscribe(subscription: Subscription): void {
    if (this.#channels.has(subscription.consumer))
      throw new Error(`${subscription.consumer} has already subscribed`);
    this.#channels.set(subscription.consumer, new Channel(subscription, this.#eraser, this.#logger));
  }

  async start(): Promise<void> {
    await this.restore();
    for (const { loop } of this.#channels.values()) loop.start();
    this.#eraser.start();
  }

  /** Delivers what the journal holds, at the start and after a write with an unknown outcome. */
  async restore(): Promise<void> {
    const known = new Map([...this.#channels].map(([consumer, channel]) => [consumer, channel.waiting()]));
    await inChunks(await this.#journal.load(), ({ consumer, envelope }) => {
      if (known.get(consumer)?.has(envelope.event_id) === false)
        this.#channels.get(consumer)?.push(toWaiting(envelope));
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#channels.values()].map(({ loop }) => loop.stop()));
    await this.#eraser.stop();
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    envelopes.forEach(checkEvent);
    const deliveries = envelopes.flatMap((envelope) =>
      this.#channelsOf(envelope).map(({ subscription: { consumer } }) => ({ consumer, envelope })),
    );
    if (deliveries.length > 0) await this.#journal.append(deliveries);
    await this.deliver(envelopes);
  }

  /** Delivers what is already in the journal. Calls run one after the other, because thousands of events take a while. */
  async deliver(envelopes: readonly EventEnvelope[]): Promise<void> {
    await inChunks(envelopes, (envelope) => {
      const waiting = toWaiting(envelope);
      for (const channel of this.#channelsOf(envelope)) channel.push(waiting);
    });
  }

  /** One pair for each topic of each consumer. */
  routes(): readonly { readonly topic: EventType; readonly consumer: string }[] {
    return [...this.#channels.values()].flatMap(({ subscription: { topics, consumer } }) =>
      topics.map((topic) => ({ topic, consumer })),
    );
  }

  lag(consumer: string): number {
    return this.#channels.get(consumer)?.lag() ?? 0;
  }

  #channelsOf({ event_type }: EventEnvelope): readonly Channel[] {
    return [...this.#channels.values()].filter(({ subscription }) =>
      subscription.topics.includes(event_type),
    );
  }

  /** Of all consumers. */
  totalLag(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.lag(), 0);
  }

  async caughtUp(consumer: string): Promise<void> {
    await this.#channels.get(consumer)?.caughtUp();
  }
}
