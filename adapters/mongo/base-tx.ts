import type { IdempotencyKey, IdempotencyKeys } from '#kernel/idempotency.ts';
import { VersionConflict, type BaseTx, type Inbox } from '#kernel/unit-of-work.ts';
import type { Seal } from '../events/envelope.ts';
import { claimsAmong, idOfClaim, letterBody } from './inbox.ts';
import { LETTERS } from './mongo-database.ts';
import { rewrite, type Stored } from './stored.ts';
import type { MongoUnit } from './unit-of-work.ts';

export interface MongoBaseOptions {
  readonly seal: Seal;
  readonly wakeRelay: () => void;
}

/** Outbox, inbox and idempotency keys of one unit, embedded in the document that the unit saves. There are no tasks. */
export const makeMongoBaseTx = (unit: MongoUnit, { seal, wakeRelay }: MongoBaseOptions): BaseTx => {
  let isWaking = false;
  return {
    outbox: {
      add: async (...events) => {
        for (const event of events) unit.announce(seal(event));
        if (events.length > 0 && !isWaking) unit.onCommit(wakeRelay);
        isWaking ||= events.length > 0;
        await Promise.resolve();
      },
    },
    inbox: inboxOf(unit),
    tasks: {
      schedule: (...tasks) => (tasks.length === 0 ? Promise.resolve() : Promise.reject(new Error(NO_TASKS))),
      complete: (...keys) => (keys.length === 0 ? Promise.resolve() : Promise.reject(new Error(NO_TASKS))),
    },
    idempotency: idempotencyOf(unit),
  };
};

const NO_TASKS = 'a service on MongoDB has no tasks: keep it on PostgreSQL, or give the adapter a task store';

const inboxOf = (unit: MongoUnit): Inbox => {
  const parked = new Set<string>();
  return {
    claim: async (consumer, events) => {
      const byId = new Map<string, (typeof events)[number]>();
      for (const event of events) {
        const id = idOfClaim(consumer, event.event_id);
        if (!byId.has(id)) byId.set(id, event); // counts an event that is twice in the batch once
      }
      const handled = await claimsAmong(unit.database, [...byId.keys()]);
      const fresh = [...byId.keys()].filter((id) => !handled.has(id));
      unit.claim(...fresh.map((key) => ({ key, at: new Date() })));
      if (fresh.length > 0)
        unit.afterWrite(async () => {
          const redriven = fresh.filter((id) => !parked.has(id));
          await rewrite(unit.database.stored(LETTERS), redriven, withoutLetter);
        });
      return fresh.flatMap((id) => byId.get(id) ?? []);
    },
    park: async (consumer, event, error) => {
      const id = idOfClaim(consumer, event.event_id);
      parked.add(id);
      await unit.put(LETTERS, id, letterBody({ consumer, envelope: event, error, parkedAt: new Date() }));
    },
  };
};

const withoutLetter = (stored: Stored): Stored =>
  stored.body === undefined ? stored : { ...stored, body: undefined };

const textOf = ({ principal, operation, key }: IdempotencyKey): string =>
  JSON.stringify([principal, operation, key]);

const idempotencyOf = (unit: MongoUnit): IdempotencyKeys => {
  const find = async (key: string) => {
    const found = await Promise.all(
      unit.database
        .all()
        .map(({ documents }) => documents.find<Pick<Stored, 'keys'>>({ names: key }, { fields: ['keys'] })),
    );
    return found.flat().flatMap(({ keys }) => keys.filter((kept) => kept.key === key))[0];
  };
  return {
    find: async (key) => {
      const kept = await find(textOf(key));
      return kept && { fingerprint: kept.fingerprint, outcome: JSON.parse(kept.outcome) as unknown };
    },
    remember: async (key, outcome) => {
      if (await find(textOf(key))) throw new VersionConflict('idempotency key');
      const { fingerprint } = key;
      unit.remember({ key: textOf(key), fingerprint, outcome: JSON.stringify(outcome), at: new Date() });
    },
  };
};
