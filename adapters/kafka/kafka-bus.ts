import { setTimeout as pause } from 'node:timers/promises';
import { eventTypes } from '#contracts/generated/events.ts';
import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { checkEvent } from '../events/schemas.ts';
import { whyUnreadable } from '../events/unreadable.ts';
import { backoff } from '../messaging/backoff.ts';
import { Bell } from '../messaging/bell.ts';
import { WakeableLoop } from '../messaging/wakeable-loop.ts';
import type { Logger } from '../observability/logger.ts';
import type { Incoming, KafkaClient, Member } from './kafka-client.ts';
import { inPortions, toEnvelope, toMessage } from './messages.ts';
import type { KafkaSettings } from './settings.ts';

const BATCH = 200;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
const CATCHING_UP_MS = 50;

/** Rejects as soon as `signal` is aborted. */
const pauseUnless = async (signal: AbortSignal, ms: number): Promise<void> => {
  const bell = new Bell();
  signal.addEventListener('abort', bell.ring);
  if (!signal.aborted) await bell.rung(ms);
  signal.removeEventListener('abort', bell.ring);
  signal.throwIfAborted();
};

export interface KafkaBusOptions {
  readonly client: KafkaClient;
  readonly settings: Omit<KafkaSettings, 'brokers' | 'security'>;
  readonly logger: Logger;
  /** The consumers whose topics are created at the start: all of them. */
  readonly topics?: readonly EventType[];
}

/**
 * The bus between processes: a topic per event type, a group per consumer. Instances of one service share the partitions of
 * its groups. Offsets are committed after the work, so a crash repeats events, which inboxes recognise.
 */
export class KafkaBus implements EventBus {
  readonly #options: KafkaBusOptions;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #lags = new Map<string, number>();
  readonly #lookout: WakeableLoop;
  #members: readonly Member[] = [];
  #sending: Promise<unknown> = Promise.resolve();

  constructor(options: KafkaBusOptions) {
    this.#options = options;
    this.#lookout = new WakeableLoop({
      turn: async () => {
        for (const consumer of this.#subscriptions.keys())
          this.#lags.set(consumer, await this.#waiting(consumer));
        return LOOK_EVERY_MS;
      },
      onError: (error) => {
        options.logger.warn({ err: error }, 'the lag of the consumers is not known');
      },
    });
  }

  subscribe(subscription: Subscription): void {
    if (this.#subscriptions.has(subscription.consumer))
      throw new Error(`${subscription.consumer} has already subscribed`);
    this.#subscriptions.set(subscription.consumer, subscription);
  }

  async start(): Promise<void> {
    const { client, settings, topics = eventTypes } = this.#options;
    await client.createTopics(
      topics.map((type) => settings.prefix + type),
      settings,
    );
    this.#members = [...this.#subscriptions.values()].map((subscription) => this.#join(subscription));
    this.#lookout.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.stop()));
    await this.#lookout.stop();
    await this.#options.client.close();
  }

  /** One call after the other: a batch that is sent again must not overtake or be overtaken. */
  async publish(envelopes: readonly EventEnvelope[]): Promise<void> {
    envelopes.forEach(checkEvent);
    const { client, settings } = this.#options;
    const portions = inPortions(envelopes.map((envelope) => toMessage(settings.prefix, envelope)));
    const sent = this.#sending.then(async () => {
      for (const portion of portions) await client.send(portion);
    });
    this.#sending = sent.catch(() => undefined);
    await sent;
  }

  /** As of a second ago. */
  lag(consumer: string): number {
    return this.#lags.get(consumer) ?? 0;
  }

  async caughtUp(consumer: string): Promise<void> {
    if (!this.#subscriptions.has(consumer)) return;
    while ((await this.#waiting(consumer)) > 0) await pause(CATCHING_UP_MS);
  }

  #topicsOf({ topics }: Subscription): readonly string[] {
    return topics.map((type) => this.#options.settings.prefix + type);
  }

  #groupOf(consumer: string): string {
    return this.#options.settings.prefix + consumer;
  }

  async #waiting(consumer: string): Promise<number> {
    const subscription = this.#subscriptions.get(consumer);
    if (!subscription) return 0;
    return this.#options.client.waiting(this.#groupOf(consumer), this.#topicsOf(subscription));
  }

  #join(subscription: Subscription): Member {
    const { client, logger } = this.#options;
    const { consumer } = subscription;
    return client.join({
      group: this.#groupOf(consumer),
      topics: this.#topicsOf(subscription),
      batch: BATCH,
      handle: (batch, signal) => this.#handle(subscription, batch, signal),
      onError: (error) => {
        logger.warn({ err: error, consumer }, 'consumer lost its broker, will go on');
      },
    });
  }

  /** Retries until it succeeds, because the consumer's store may be down. Each attempt gets its own copy. */
  async #handle(subscription: Subscription, batch: readonly Incoming[], signal: AbortSignal): Promise<void> {
    const { consumer } = subscription;
    for (let failures = 0; ; failures += 1) {
      const envelopes = batch.map((message) => this.#read(message));
      try {
        await subscription.handle(envelopes, failures === 0 ? 'first' : 'again');
        return;
      } catch (error) {
        this.#options.logger.warn({ err: error, consumer }, 'consumer paused');
        await pauseUnless(signal, backoff(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS));
      }
    }
  }

  #read(message: Incoming): EventEnvelope {
    const envelope = toEnvelope(this.#options.settings.prefix, message);
    const why = whyUnreadable(envelope);
    if (why !== undefined) this.#options.logger.error({ why, event_id: envelope.event_id }, 'not an event');
    return envelope;
  }
}
