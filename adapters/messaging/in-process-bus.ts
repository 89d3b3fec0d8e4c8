import type { Delivery, EventBus, Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import { checkEvent } from '../events/schemas.ts';
import type { Logger } from '../observability/logger.ts';
import { breathe } from '../system/breath.ts';
import type { OutboxEvent } from './hand-over.ts';
import { WakeableLoop } from './wakeable-loop.ts';

const BATCH = 200;
const IDLE_MS = 60_000;
/** Finished events are removed together, this often at most. */
const ERASE_EVERY_MS = 100;

export interface JournaledDelivery {
  readonly consumer: string;
  readonly envelope: EventEnvelope;
}

/** A delivery that its consumer has committed or parked. */
export interface Finished {
  readonly consumer: string;
  readonly eventId: string;
}

/** Stores deliveries to single consumers: events published without an outbox, or partly delivered at a stop. */
export interface DeliveryJournal {
  /** Ignores existing ones. */
  append(deliveries: readonly JournaledDelivery[]): Promise<void>;
  remove(deliveries: readonly Finished[]): Promise<void>;
  /** Unfinished deliveries of the previous process, oldest first. */
  load(): Promise<JournaledDelivery[]>;
}

/** The outboxes of all services in this process. A row stays until every consumer has finished with its event. */
export interface Outboxes {
  /** In the order of their commits per key. */
  load(): Promise<readonly OutboxEvent[]>;
  remove(events: readonly OutboxEvent[]): Promise<void>;
}

/** For the memory profile: stores nothing. */
export const noJournal: DeliveryJournal = {
  append: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  load: () => Promise.resolve([]),
};

const noOutboxes: Outboxes = { load: () => Promise.resolve([]), remove: () => Promise.resolve() };

/** As text: every delivery is parsed separately, as if it had come over a network. */
interface Waiting {
  readonly eventId: string;
  readonly text: string;
  readonly delivery: Delivery;
  readonly finish: (consumer: string) => void;
}

const parse = ({ text }: Waiting): EventEnvelope => JSON.parse(text) as EventEnvelope;

/** The queue of a consumer: in order, one batch at a time; a failed batch is retried after a pause. */
class Channel {
  readonly subscription: Subscription;
  readonly loop: WakeableLoop;
  readonly #queue: Waiting[] = [];
  #idle: (() => void)[] = [];
  #hasFailed = false;

  constructor(subscription: Subscription, logger: Logger) {
    this.subscription = subscription;
    this.loop = new WakeableLoop({
      gatherMs: subscription.gatherMs,
      turn: async () => {
        const batch = this.#queue.slice(0, BATCH);
        if (batch.length > 0) {
          const isFirst = !this.#hasFailed && batch.every(({ delivery }) => delivery === 'first');
          this.#hasFailed = true;
          await subscription.handle(batch.map(parse), isFirst ? 'first' : 'again');
          this.#hasFailed = false;
          this.#queue.splice(0, batch.length);
          for (const { finish } of batch) finish(subscription.consumer);
        }
        if (batch.length === BATCH) return 0;
        // What came during the turn has woken the loop, and gathers.
        if (this.#queue.length === 0) for (const resolve of this.#idle.splice(0)) resolve();
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

/** Removes finished events in batches. After a crash the rest is redelivered, and the inboxes recognise it. */
class Eraser<T> {
  readonly #remove: (finished: readonly T[]) => Promise<void>;
  readonly #loop: WakeableLoop;
  #finished: T[] = [];

  constructor(remove: (finished: readonly T[]) => Promise<void>, logger: Logger) {
    this.#remove = remove;
    this.#loop = new WakeableLoop({
      gatherMs: ERASE_EVERY_MS,
      turn: async () => {
        await this.#erase();
        return IDLE_MS;
      },
      onError: (error) => {
        logger.warn({ err: error }, 'finished events cannot be removed, will try again');
      },
    });
  }

  add(finished: T): void {
    this.#finished.push(finished);
    this.#loop.wake();
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
      await this.#remove(batch);
    } catch (error) {
      this.#finished.push(...batch);
      throw error;
    }
  }
}

/** An event from an outbox, and the consumers that have not finished with it. */
interface Open {
  readonly event: OutboxEvent;
  readonly consumers: Set<string>;
}

/** The bus inside one process: durable by the outboxes, in order per consumer, redelivered until handled. */
export class InProcessBus implements EventBus {
  readonly #journal: DeliveryJournal;
  readonly #outboxes: Outboxes;
  readonly #logger: Logger;
  readonly #journalEraser: Eraser<Finished>;
  readonly #outboxEraser: Eraser<OutboxEvent>;
  readonly #channels = new Map<string, Channel>();
  readonly #channelsByTopic = new Map<string, Channel[]>();
  /** By event id. */
  readonly #open = new Map<string, Open>();

  constructor(journal: DeliveryJournal, logger: Logger, outboxes: Outboxes = noOutboxes) {
    this.#journal = journal;
    this.#outboxes = outboxes;
    this.#logger = logger;
    this.#journalEraser = new Eraser((finished) => journal.remove(finished), logger);
    this.#outboxEraser = new Eraser((finished) => outboxes.remove(finished), logger);
  }

  subscribe(subscription: Subscription): void {
    if (this.#channels.has(subscription.consumer))
      throw new Error(`${subscription.consumer} has already subscribed`);
    const channel = new Channel(subscription, this.#logger);
    this.#channels.set(subscription.consumer, channel);
    for (const topic of subscription.topics)
      this.#channelsByTopic.set(topic, [...this.#channelsOf(topic), channel]);
  }

  async start(): Promise<void> {
    await this.restore();
    for (const { loop } of this.#channels.values()) loop.start();
    this.#journalEraser.start();
    this.#outboxEraser.start();
  }

  /** Delivers the contents of journal and outboxes that are not in progress: at the start, and after an unknown commit. */
  async restore(): Promise<void> {
    const known = new Map([...this.#channels].map(([consumer, channel]) => [consumer, channel.waiting()]));
    for (const { consumer, envelope } of await this.#journal.load()) {
      await breathe();
      if (known.get(consumer)?.has(envelope.event_id) === false)
        this.#channels.get(consumer)?.push(this.#journaled(envelope.event_id, JSON.stringify(envelope)));
    }
    for (const event of await this.#outboxes.load()) {
      await breathe();
      this.deliver([event], 'again');
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#channels.values()].map(({ loop }) => loop.stop()));
    await this.#setAside();
    await this.#journalEraser.stop();
    await this.#outboxEraser.stop();
  }

  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    envelopes.forEach(checkEvent);
    const deliveries = envelopes.flatMap((envelope) =>
      this.#channelsOf(envelope.event_type).map(({ subscription: { consumer } }) => ({ consumer, envelope })),
    );
    if (deliveries.length > 0) await this.#journal.append(deliveries);
    for (const envelope of envelopes) {
      const waiting = this.#journaled(envelope.event_id, JSON.stringify(envelope));
      for (const channel of this.#channelsOf(envelope.event_type)) channel.push(waiting);
    }
  }

  /** Delivers events from outboxes, except those in progress. */
  deliver(events: readonly OutboxEvent[], delivery: Delivery = 'first'): void {
    for (const event of events) {
      if (this.#open.has(event.eventId)) continue;
      const channels = this.#channelsOf(event.type);
      if (channels.length === 0) {
        this.#outboxEraser.add(event);
        continue;
      }
      const consumers = new Set(channels.map(({ subscription }) => subscription.consumer));
      this.#open.set(event.eventId, { event, consumers });
      const finish = (consumer: string): void => {
        consumers.delete(consumer);
        if (consumers.size > 0) return;
        this.#open.delete(event.eventId);
        this.#outboxEraser.add(event);
      };
      for (const channel of channels)
        channel.push({ eventId: event.eventId, text: event.text, delivery, finish });
    }
  }

  lag(consumer: string): number {
    return this.#channels.get(consumer)?.lag() ?? 0;
  }

  /** Unfinished deliveries of all consumers. */
  totalLag(): number {
    return [...this.#channels.values()].reduce((sum, channel) => sum + channel.lag(), 0);
  }

  async caughtUp(consumer: string): Promise<void> {
    await this.#channels.get(consumer)?.caughtUp();
  }

  /** Moves events that some consumers have finished to the journal for the others, so that a restart does not repeat them. */
  async #setAside(): Promise<void> {
    const begun = [...this.#open.values()].filter(
      ({ event, consumers }) => consumers.size < this.#channelsOf(event.type).length,
    );
    if (begun.length === 0) return;
    await this.#journal.append(
      begun.flatMap(({ event, consumers }) => {
        const envelope = JSON.parse(event.text) as EventEnvelope;
        return [...consumers].map((consumer) => ({ consumer, envelope }));
      }),
    );
    for (const { event } of begun) this.#outboxEraser.add(event);
  }

  #journaled(eventId: string, text: string): Waiting {
    return {
      eventId,
      text,
      delivery: 'again', // by a relay, which may send duplicates
      finish: (consumer) => {
        this.#journalEraser.add({ consumer, eventId });
      },
    };
  }

  #channelsOf(type: string): readonly Channel[] {
    return this.#channelsByTopic.get(type) ?? [];
  }
}
