import type { operations } from '#openapi/generated/operations.ts';
import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { Clock } from '#kernel/clock.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { currentAct } from '../context/act.ts';
import type { Handlers } from '../http/operations.ts';
import type { DeadLetter, HastenedTask, Redelivery, ServiceStores } from '../messaging/stores.ts';
import { actedEvent, type Changed } from './audited.ts';
import { masked, maskedError } from './masked.ts';

/** What is searched of what waits for operators. */
const SEARCHED = 1_000;
/** What is counted of it. */
const COUNTED = 100;
/** The largest payload that is shown, in bytes. */
const PAYLOAD_BYTES = 16 * 1024;

export interface OperationsParts {
  readonly service: string;
  readonly stores: ServiceStores;
  /** Of the same store. */
  readonly unitOfWork: UnitOfWork<BaseTx>;
  readonly consumers: readonly Subscription[];
  readonly bus: Pick<EventBus, 'lag'>;
  readonly clock: Clock;
  readonly redeliver: (consumer: string, eventId: string) => Promise<Redelivery>;
  /** Wakes the workers. */
  readonly expect: (due: readonly HastenedTask[]) => void;
}

interface LetterName {
  readonly consumer: string;
  readonly event_id: string;
}

/** The operations that every service has for operators; each act is announced for the audit trail. */
export const operationsHandlers = (parts: OperationsParts): Handlers<operations> => {
  const { service, stores, unitOfWork, consumers, bus, clock, redeliver, expect } = parts;
  const { deadLetters, outbox, tasks } = stores;

  const announce = async (tx: Pick<BaseTx, 'outbox'>, ...changes: readonly Omit<Changed, 'version'>[]) => {
    const act = currentAct();
    if (act) await tx.outbox.add(...changes.map((one) => actedEvent(service, act, { ...one, version: 1 })));
  };

  const failing = async (limit: number) =>
    (await tasks.stuck(1, limit)).flatMap(({ error, ...task }) =>
      error === undefined ? [] : [{ ...task, error }],
    );

  const redrive = async ({ consumer, event_id }: LetterName) => {
    const letter = await deadLetters.find(consumer, event_id);
    if (!letter) return { consumer, event_id, outcome: 'unknown' as const };
    await unitOfWork.run((tx) => announce(tx, { ...changeOf(letter), after: { redriven: true } }));
    const redelivery = await redeliver(consumer, event_id);
    const error = redelivery.outcome === 'parked' ? { error: maskedError(redelivery.error) } : {};
    return { consumer, event_id, outcome: redelivery.outcome, ...error };
  };

  /** To claim an event without handling it is to discard it. */
  const discard = async ({ consumer, event_id }: LetterName) => {
    const letter = await deadLetters.reopen(consumer, event_id);
    const isMine =
      letter !== undefined &&
      (await unitOfWork.run(async (tx) => {
        const [claimed] = await tx.inbox.claim(consumer, [letter.envelope]);
        if (claimed) await announce(tx, { ...changeOf(letter), after: undefined });
        return claimed !== undefined;
      }));
    return { consumer, event_id, outcome: isMine ? ('discarded' as const) : ('unknown' as const) };
  };

  return {
    getServiceOperations: async () => {
      const [size, [oldest], letters, failed] = await Promise.all([
        outbox.size(),
        outbox.oldest(1),
        deadLetters.list(COUNTED),
        failing(COUNTED),
      ]);
      const body = {
        service,
        outbox_events: size,
        ...(oldest && { oldest_event_at: oldest.envelope.timestamp }),
        consumers: consumers.map(({ consumer }) => ({ consumer, lag: bus.lag(consumer) })),
        dead_letters: letters.length,
        failing_tasks: failed.length,
      };
      return { status: 200, body };
    },
    listDeadLetters: async ({ query: { limit = 20, consumer, event_type: type, event_id: id } }) => {
      const wanted = (await deadLetters.list(SEARCHED)).filter(
        (letter) =>
          letter.consumer === (consumer ?? letter.consumer) &&
          letter.envelope.event_type === (type ?? letter.envelope.event_type) &&
          letter.envelope.event_id === (id ?? letter.envelope.event_id),
      );
      return {
        status: 200,
        body: { items: wanted.slice(0, limit).map(fromLetter), more: wanted.length > limit },
      };
    },
    redriveDeadLetters: async ({ body }) => ({
      status: 200,
      body: { items: await oneByOne(body.letters, redrive) },
    }),
    discardDeadLetters: async ({ body }) => ({
      status: 200,
      body: { items: await oneByOne(body.letters, discard) },
    }),
    listFailingTasks: async ({ query: { limit = 50, key: prefix = '' } }) => {
      const found = (await failing(SEARCHED)).filter(({ key }) => key.startsWith(prefix));
      const items = found.slice(0, limit).map(({ key, kind, attempts, error, runAt, cause }) => ({
        key,
        kind,
        attempts,
        error: maskedError(error),
        next_at: runAt.toISOString(),
        correlation_id: cause.correlationId,
      }));
      return { status: 200, body: { items, more: found.length > limit } };
    },
    runTasks: async ({ body }) => {
      const wanted = (await failing(SEARCHED)).filter(({ key }) => body.keys.includes(key));
      const changes = wanted.map(({ key, runAt }) => ({
        kind: 'task',
        id: key.slice(0, LONGEST_ID),
        before: { next_at: runAt },
        after: { next_at: clock.now() },
      }));
      await unitOfWork.run((tx) => announce(tx, ...changes));
      const due = await tasks.hasten(1, clock.now(), wanted.map(({ key }) => key)); // prettier-ignore
      expect(due);
      return { status: 200, body: { keys: due.map(({ key }) => key) } };
    },
  };
};

/** Characters of the ID of an audited subject. */
const LONGEST_ID = 100;

const oneByOne = async <T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> => {
  const results: U[] = [];
  for (const item of items) results.push(await work(item));
  return results;
};

const changeOf = ({ consumer, envelope }: DeadLetter) => ({
  kind: 'dead_letter',
  id: envelope.event_id,
  before: { consumer, event_type: envelope.event_type, aggregate_id: envelope.aggregate_id },
});

const fromLetter = ({ consumer, envelope, error, parkedAt }: DeadLetter) => ({
  consumer,
  event_id: envelope.event_id,
  event_type: envelope.event_type,
  event_version: envelope.event_version,
  occurred_at: envelope.timestamp,
  correlation_id: envelope.correlation_id,
  aggregate_id: envelope.aggregate_id,
  payload: shown(envelope.payload),
  error: maskedError(error),
  parked_at: parkedAt.toISOString(),
});

const shown = (payload: unknown): Record<string, unknown> => {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  if (bytes > PAYLOAD_BYTES) return { omitted_bytes: bytes };
  const safe = masked(payload);
  return typeof safe === 'object' && safe !== null && !Array.isArray(safe) ? { ...safe } : { payload: safe };
};
