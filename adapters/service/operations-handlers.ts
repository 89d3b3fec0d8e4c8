import type { operations } from '#openapi/generated/operations.ts';
import type { EventBus, Subscription } from '#kernel/event-bus.ts';
import type { Clock } from '#kernel/clock.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { currentAct } from '../context/act.ts';
import type { Handlers } from '../http/operations.ts';
import type { ErrorCatalogue } from '../http/problem.ts';
import type {
  DeadLetter,
  HastenedTask,
  LetterPosition,
  Redelivery,
  ServiceStores,
} from '../messaging/stores.ts';
import { encodeCursor, isSortable, type Position } from '../pagination/cursor.ts';
import { positionOf } from '../pagination/page.ts';
import { actedEvent, type Changed } from './audited.ts';
import { masked, maskedError } from './masked.ts';

/** What is searched of what waits for operators. */
const SEARCHED = 1_000;
/** What is counted of it. */
const COUNTED = 100;
/** The largest payload that is shown, in bytes. */
const PAYLOAD_BYTES = 16 * 1024;

export const OPERATIONS_ERRORS = {
  INVALID_CURSOR: { status: 400, title: 'Invalid cursor' },
} as const satisfies ErrorCatalogue;

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
export const operationsHandlers = (
  parts: OperationsParts,
): Handlers<operations, keyof typeof OPERATIONS_ERRORS> => {
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
    listDeadLetters: async ({ query: { limit = 20, cursor, ...filter } }) => {
      const after = letterAfter(cursor);
      if (!after.ok) return after;
      const isNarrowed = Object.keys(filter).length > 0;
      const atMost = isNarrowed ? SEARCHED : limit + 1;
      const searched = await deadLetters.list(atMost, after.value);
      const wanted = searched.filter(isLike(filter));
      const items = wanted.slice(0, limit);
      const last = wanted.length > limit ? items.at(-1) : searched[atMost - 1];
      const next = last && encodeCursor(positionOfLetter(last));
      return {
        status: 200,
        body: {
          items: items.map(fromLetter),
          more: next !== undefined,
          ...(next !== undefined && { next_cursor: next }),
        },
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

const LETTERS = 'dead letters';

const positionOfLetter = ({ consumer, envelope, parkedAt }: DeadLetter): Position => ({
  list: LETTERS,
  value: `${parkedAt.toISOString()} ${consumer}`,
  id: envelope.event_id,
});

/** Undefined for the first page. */
const letterAfter = (
  cursor: string | undefined,
): Result<LetterPosition | undefined, Refusal<'INVALID_CURSOR'>> => {
  const position = positionOf({ cursor }, LETTERS, 'text');
  if (!position.ok) return position;
  if (position.value === undefined) return ok(undefined);
  const { value, id } = position.value;
  const [at = '', consumer = ''] = String(value).split(' ');
  return isSortable('time', at)
    ? ok({ parkedAt: new Date(at), consumer, eventId: id })
    : refuse('INVALID_CURSOR', 'The cursor was not issued for this list.');
};

type LetterFilter = Omit<
  NonNullable<operations['listDeadLetters']['parameters']['query']>,
  'limit' | 'cursor'
>;

const isLike =
  ({ consumer: by, event_type: type, event_id: id }: LetterFilter) =>
  ({ consumer, envelope }: DeadLetter): boolean =>
    (by ?? consumer) === consumer &&
    (type ?? envelope.event_type) === envelope.event_type &&
    (id ?? envelope.event_id) === envelope.event_id;

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
