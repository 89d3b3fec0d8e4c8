import { after, DAY } from '#kernel/clock.ts';
import type { Documents, GuardedWrite } from './documents.ts';
import type { IndexDeclaration } from './indexes.ts';

/** An event that waits for the relay. As text, because its payload may have any keys. */
export interface PendingEvent {
  readonly id: string;
  /** Increases with every event of a process: microseconds since the epoch. */
  readonly at: number;
  readonly envelope: string;
}

export interface KeptKey {
  readonly key: string;
  readonly fingerprint: string;
  /** JSON, as text. */
  readonly outcome: string;
  readonly at: Date;
}

export interface KeptClaim {
  readonly key: string;
  readonly at: Date;
}

/**
 * A document with its riders, which commit with it: the events to publish, the idempotency key of the change, the events that
 * led to it. Without a body it is a tombstone, which is deleted when it has no riders.
 */
export interface Stored<Body = unknown> {
  readonly _id: string;
  /** Guards every write, including the relay's; `Body` may count its own versions. */
  readonly revision: number;
  /** Unique: a value that may create only one document, otherwise the document's ID. */
  readonly once: string;
  /** Values that are unique in the collection; the document's ID if there are none, because two empty lists would collide. */
  readonly unique: readonly string[];
  readonly pending: readonly PendingEvent[];
  readonly keys: readonly KeptKey[];
  readonly claims: readonly KeptClaim[];
  readonly body?: Body | undefined;
  /** Lookup values of `keys` and `claims`: plain values, never fields of objects in a list. */
  readonly names: readonly string[];
  /** Describe `pending` for the relay; all three or none. */
  readonly isPending?: true | undefined;
  readonly pendingFrom?: number | undefined;
  readonly pendingCount?: number | undefined;
  /** When the first of `keys` and `claims` expires. */
  readonly sweepAt?: Date | undefined;
}

/** Of every collection of such documents. */
export const STORED_INDEXES: readonly IndexDeclaration[] = [
  { name: 'once', key: { once: 1 }, unique: true },
  { name: 'unique', key: { unique: 1 }, unique: true },
  { name: 'pending', key: { isPending: 1, pendingFrom: 1, _id: 1 } },
  { name: 'names', key: { names: 1 } },
  { name: 'sweep', key: { sweepAt: 1, _id: 1 } },
];

const KEY_DAYS = 1;
/** Longer than any topic keeps an event. */
const CLAIM_DAYS = 30;

const expiries = ({ keys, claims }: Pick<Stored, 'keys' | 'claims'>): Date[] => [
  ...keys.map(({ at }) => after(at, KEY_DAYS * DAY)),
  ...claims.map(({ at }) => after(at, CLAIM_DAYS * DAY)),
];

/** The next revision, and the fields by which it is found. */
const revised = <Body>(stored: Omit<Stored<Body>, 'names'>): Stored<Body> => {
  const isPending = stored.pending.length > 0;
  const times = expiries(stored).map((date) => date.getTime());
  return {
    ...stored,
    revision: stored.revision + 1,
    names: [...stored.keys, ...stored.claims].map(({ key }) => key),
    isPending: isPending || undefined,
    pendingFrom: stored.pending[0]?.at,
    pendingCount: isPending ? stored.pending.length : undefined,
    sweepAt: times.length > 0 ? new Date(Math.min(...times)) : undefined,
  };
};

/** The change of a document by a unit: no body removes it. */
export interface Change<Body = unknown> {
  readonly id: string;
  readonly body: Body | undefined;
  /** Values that are unique to this document, as long as it has a body; those that it had if undefined. */
  readonly unique?: readonly string[] | undefined;
}

export interface Riders {
  readonly events: readonly PendingEvent[];
  readonly keys: readonly KeptKey[];
  readonly claims: readonly KeptClaim[];
}

/** The document after a unit; `before` is undefined for a new one. */
export const afterUnit = <Body>(
  before: Stored<Body> | undefined,
  { id, body, unique = before?.unique ?? [] }: Change<Body>,
  { events, keys, claims }: Riders,
): Stored<Body> =>
  revised({
    _id: id,
    revision: before?.revision ?? 0,
    once: before?.once ?? keys[0]?.key ?? claims[0]?.key ?? id,
    unique: body === undefined || unique.length === 0 ? [id] : unique,
    pending: [...(before?.pending ?? []), ...events],
    keys: [...(before?.keys ?? []), ...keys],
    claims: [...(before?.claims ?? []), ...claims],
    body,
  });

export const withoutEvents = (stored: Stored, ids: ReadonlySet<string>): Stored => {
  const pending = stored.pending.filter(({ id }) => !ids.has(id));
  return pending.length === stored.pending.length ? stored : { ...stored, pending };
};

/** Without expired keys and claims. */
export const withoutExpired = (stored: Stored, now: Date): Stored => {
  if (!expiries(stored).some((expiry) => expiry <= now)) return stored;
  const keys = stored.keys.filter(({ at }) => after(at, KEY_DAYS * DAY) > now);
  const claims = stored.claims.filter(({ at }) => after(at, CLAIM_DAYS * DAY) > now);
  const isFree =
    !keys.some(({ key }) => key === stored.once) && !claims.some(({ key }) => key === stored.once);
  return { ...stored, keys, claims, once: isFree ? stored._id : stored.once };
};

/** It is no longer needed. */
export const isOver = ({ body, pending, keys, claims }: Stored): boolean =>
  body === undefined && pending.length + keys.length + claims.length === 0;

/**
 * Changes the riders of documents, not their bodies. A document that a unit changed meanwhile is read and changed again, so
 * neither change is lost.
 * @param change returns the same object if there is nothing to do
 */
export const rewrite = async (
  documents: Documents<Stored>,
  ids: readonly string[],
  change: (stored: Stored) => Stored,
): Promise<void> => {
  for (;;) {
    const found = await documents.find({ _id: { $in: ids } });
    const writes = found.flatMap((stored): GuardedWrite<Stored>[] => {
      const changed = change(stored);
      if (changed === stored) return [];
      const filter = { _id: stored._id, revision: stored.revision };
      return [isOver(changed) ? { filter, remove: true } : { filter, replacement: revised(changed) }];
    });
    if ((await documents.writeAll(writes)) === writes.length) return;
  }
};
