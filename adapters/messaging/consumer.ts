import type { Subscription } from '#kernel/event-bus.ts';
import { causeOf, type EventEnvelope, type EventType } from '#kernel/events.ts';
import { VersionConflict, type BaseTx, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { runBecauseOf } from '../context/cause.ts';
import { checkEvent } from '../events/schemas.ts';
import type { Logger } from '../observability/logger.ts';
import { inEventSpans } from '../observability/tracing.ts';
import { pauseAfter, type Tries } from '../resilience/contention.ts';

/** Attempts to handle a single event before it is parked. */
const ATTEMPTS = 3;
/** Lost races of a single event, each with the retries of its unit, before the bus is asked to redeliver it later. */
const RACES: Tries = { tries: 10, firstMs: 20, lastMs: 1_000 };

/** Handles all new events of one type in a batch, in one unit of work with the rest of the batch. */
export type BatchHandler<Tx, T extends EventType> = (
  tx: Tx,
  events: readonly EventEnvelope<T>[],
) => Promise<void>;

/** The events that a consumer handles, and how. */
export type Handlers<Tx> = { readonly [T in EventType]?: BatchHandler<Tx, T> };

/** Handles events separately; each event is the cause of what its handler publishes. */
export const each =
  <Tx, T extends EventType>(
    handle: (tx: Tx, event: EventEnvelope<T>) => Promise<void>,
  ): BatchHandler<Tx, T> =>
  async (tx, events) => {
    for (const event of events) await runBecauseOf(causeOf(event), () => handle(tx, event));
  };

export interface ConsumerOptions<Tx extends BaseTx> {
  readonly consumer: string;
  readonly unitOfWork: UnitOfWork<Tx>;
  readonly handlers: Handlers<Tx>;
  /**
   * Receives all new events of a batch before their handlers run, to lock rows in a global order, so that handlers of several
   * types in one unit cannot deadlock with another instance.
   */
  readonly prepare?: ((tx: Tx, events: readonly EventEnvelope[]) => Promise<void>) | undefined;
  /** True if the store is unavailable: the consumer waits instead of parking the event. */
  readonly isUnavailable: (error: unknown) => boolean;
  /** True for a conflict that may recur at every attempt, so that the event may be at fault. */
  readonly isTaken: (error: unknown) => boolean;
  /** Called for each parked event. */
  readonly onParked: () => void;
  readonly races?: Tries | undefined;
  /**
   * The handlers do the same however often they get an event. Where a unit saves one object, they then have a unit of their own, and
   * the inbox follows in another: the object would otherwise collect the claims of all events about it, for as long as the inbox keeps
   * them.
   */
  readonly isRepeatable?: boolean | undefined;
  readonly logger: Logger;
  readonly gatherMs?: number | undefined;
}

/**
 * A consumer: each batch is one unit of work, inbox first. If it fails, its events are handled separately, in order, and an
 * event that keeps failing is parked with its error, so that it does not block others. A lost race is not a failure of the
 * event: it is retried after a pause, and never parked.
 */
export const makeSubscription = <Tx extends BaseTx>(options: ConsumerOptions<Tx>): Subscription => {
  const { consumer, unitOfWork, handlers, prepare, isUnavailable, logger, gatherMs, races = RACES } = options;
  const { isRepeatable = false } = options;
  const isContended = (error: unknown): boolean =>
    error instanceof VersionConflict && !options.isTaken(error.cause);

  const handleNew = async (tx: Tx, fresh: readonly EventEnvelope[]): Promise<void> => {
    fresh.forEach(checkEvent);
    if (fresh.length > 0) await prepare?.(tx, fresh);
    for (const [type, events] of Map.groupBy(fresh, ({ event_type }) => event_type)) {
      const handler = handlers[type] as BatchHandler<Tx, EventType> | undefined;
      if (handler) await inEventSpans(consumer, events, (traced) => handler(tx, traced));
    }
  };

  const handleTogether = async (batch: readonly EventEnvelope[], expected?: 'new'): Promise<void> => {
    if (isRepeatable && unitOfWork.aggregatesPerUnit === 1) {
      await unitOfWork.run((tx) => handleNew(tx, batch));
      await unitOfWork.run((tx) => tx.inbox.claim(consumer, batch));
    } else await unitOfWork.run(async (tx) => handleNew(tx, await tx.inbox.claim(consumer, batch, expected)));
  };

  const handleAlone = async (event: EventEnvelope): Promise<void> => {
    let [failures, lost] = [0, 0];
    for (;;) {
      try {
        await handleTogether([event]);
        return;
      } catch (error) {
        if (isUnavailable(error)) throw error;
        if (isContended(error)) lost += 1;
        else failures += 1;
        if (lost >= races.tries) throw error;
        if (failures >= ATTEMPTS) return park(event, error);
      }
      if (lost > 0) await pauseAfter(lost - 1, races);
    }
  };

  const park = async (event: EventEnvelope, error: unknown): Promise<void> => {
    logger.error(
      { err: error, consumer, event_id: event.event_id, event_type: event.event_type },
      'event parked',
    );
    options.onParked();
    await unitOfWork.run(async (tx) => {
      await tx.inbox.claim(consumer, [event]);
      await tx.inbox.park(
        consumer,
        event,
        error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      );
    });
  };

  return {
    consumer,
    topics: Object.keys(handlers) as EventType[],
    gatherMs,
    handle: async (batch, delivery) => {
      try {
        await handleTogether(batch, delivery === 'first' ? 'new' : undefined);
      } catch (error) {
        if (isUnavailable(error)) throw error;
        for (const event of batch) await handleAlone(event);
      }
    },
  };
};
