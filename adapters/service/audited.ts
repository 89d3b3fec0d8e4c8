import type { NewEvent } from '#kernel/events.ts';
import { canonicalJson } from '#kernel/json.ts';
import type { Aggregates, Change, Versioned } from '#kernel/process.ts';
import type { BaseTx } from '#kernel/unit-of-work.ts';
import { currentAct, type StaffAct } from '../context/act.ts';

/** Which changes of a service's records are in the audit trail when staff make them, by repository of its unit of work. */
export interface Audited<Repositories> {
  readonly service: string;
  readonly repositories: { readonly [Name in keyof Repositories]?: Auditing<Repositories[Name]> };
}

/** The repository, with each change also told. */
export type Auditing<Repository> = (repository: Repository, tell: Tell) => Repository;

/** Adds a change to the outbox of the unit. */
type Tell = (changed: Changed) => Promise<void>;

export interface Changed {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  /** As shown; undefined if the record is new. */
  readonly before: object | undefined;
  /** As shown; undefined if the record is removed. */
  readonly after: object | undefined;
}

/** Records of one kind, as the audit trail shows them. */
export interface AuditedKind<T> {
  readonly kind: string;
  readonly idOf: (record: T) => string;
  /** Counts changes from 1. */
  readonly versionOf: (record: T) => number;
  /**
   * What of a record is in the trail, as JSON; undefined while it is not to be seen there, as if it did not exist. Nothing is ever
   * erased there: no secrets, and no names, addresses or words of customers.
   */
  readonly show: (record: T) => object | undefined;
}

/** The largest JSON of each side of a change, in bytes. */
const SIDE_BYTES = 16 * 1024;

/** The unit as it is, or during an act of staff with its repositories audited. */
export const withAudit = <Repositories>(
  tx: Repositories & BaseTx,
  audited: Audited<Repositories> | undefined,
): Repositories & BaseTx => {
  const act = audited && currentAct();
  if (!act) return tx;
  const tell: Tell = async (changed) => {
    await tx.outbox.add(actedEvent(audited.service, act, changed));
  };
  const wrapped: Partial<Repositories> = {};
  for (const name in audited.repositories) wrapped[name] = audited.repositories[name]?.(tx[name], tell);
  return { ...tx, ...wrapped };
};

/** A change of an act, for the audit trail. */
export const actedEvent = (
  service: string,
  { operation, category, actorId, reason }: StaffAct,
  { kind, id, version, ...sides }: Changed,
): NewEvent<'staff.acted'> => ({
  type: 'staff.acted',
  aggregateId: id,
  aggregateVersion: version,
  key: actorId,
  payload: {
    service,
    actor_id: actorId,
    operation,
    category,
    ...(reason === undefined ? {} : { reason }),
    subject: { kind, id },
    ...sidesOf(sides),
  },
});

type Side = Readonly<Record<string, unknown>>;

const jsonOf = (shown: object): Side => JSON.parse(canonicalJson(shown)) as Side;

/** Of a record that is on both sides, the properties that differ. */
const differing = (before: Side, after: Side): readonly [before: Side, after: Side] => {
  const differs = (name: string): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const names = new Set([...Object.keys(before), ...Object.keys(after)].filter(differs));
  const only = (side: Side): Side =>
    Object.fromEntries(Object.entries(side).filter(([name]) => names.has(name)));
  return [only(before), only(after)];
};

const fitting = (side: Side): Side => {
  const bytes = Buffer.byteLength(JSON.stringify(side));
  return bytes > SIDE_BYTES ? { omitted_bytes: bytes } : side;
};

/** What changed, in JSON. */
const sidesOf = ({ before, after }: Pick<Changed, 'before' | 'after'>): { before?: Side; after?: Side } => {
  if (before && after) {
    const [then, now] = differing(jsonOf(before), jsonOf(after));
    return { before: fitting(then), after: fitting(now) };
  }
  return {
    ...(before && { before: fitting(jsonOf(before)) }),
    ...(after && { after: fitting(jsonOf(after)) }),
  };
};

/**
 * Remembers what a unit has read of a kind, and tells its changes.
 * @param find reads a record that is saved without having been read
 */
export const makeTrail = <T>(
  { kind, idOf, versionOf, show }: AuditedKind<T>,
  find: (id: string) => Promise<T | undefined>,
  tell: Tell,
) => {
  const known = new Map<string, T | undefined>();
  const saw = <Found extends T | undefined>(record: Found): Found => {
    if (record !== undefined) known.set(idOf(record), record);
    return record;
  };
  const change = async (
    records: readonly T[],
    isRemoval: boolean,
    write: () => Promise<void>,
  ): Promise<void> => {
    for (const record of records) {
      const id = idOf(record);
      if (!known.has(id) && versionOf(record) > 1) known.set(id, await find(id));
    }
    await write();
    for (const record of records) {
      const [id, version] = [idOf(record), versionOf(record)];
      const earlier = known.get(id);
      known.set(id, isRemoval ? undefined : record);
      const [before, after] = [earlier && show(earlier), isRemoval ? undefined : show(record)];
      if (before ?? after) await tell({ kind, id, version, before, after });
    }
  };
  return {
    saw,
    sawAll: <Found extends ReadonlyMap<string, T>>(records: Found): Found => {
      records.forEach(saw);
      return records;
    },
    saved: (records: readonly T[], write: () => Promise<void>): Promise<void> =>
      change(records, false, write),
    removed: (record: T, write: () => Promise<void>): Promise<void> => change([record], true, write),
  };
};

/** What repositories of single records have in common; `Documents` is one. */
interface RecordRepository<T> {
  readonly find: (id: string) => Promise<T | undefined>;
  readonly findAll?: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  readonly byName?: (name: string) => Promise<T | undefined>;
  readonly lockByName?: (name: string) => Promise<T | undefined>;
  readonly allByName?: (names: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  readonly save: (record: T, names?: readonly string[]) => Promise<void>;
  readonly remove?: (record: T) => Promise<void>;
}

/** Audits a repository of single records. */
export const auditedRecords =
  <T>(kind: AuditedKind<T>) =>
  <Repository extends RecordRepository<T>>(repository: Repository, tell: Tell): Repository => {
    const { find, findAll, byName, lockByName, allByName, save, remove }: RecordRepository<T> = repository;
    const { saw, sawAll, saved, removed } = makeTrail(kind, find, tell);
    return {
      ...repository,
      find: async (id: string) => saw(await find(id)),
      ...(findAll && { findAll: async (ids: readonly string[]) => sawAll(await findAll(ids)) }),
      ...(byName && { byName: async (name: string) => saw(await byName(name)) }),
      ...(lockByName && { lockByName: async (name: string) => saw(await lockByName(name)) }),
      ...(allByName && { allByName: async (names: readonly string[]) => sawAll(await allByName(names)) }),
      save: (record: T, names?: readonly string[]) => saved([record], () => save(record, names)),
      ...(remove && { remove: (record: T) => removed(record, () => remove(record)) }),
    };
  };

interface Identified<State> extends Versioned<State> {
  readonly id: string;
}

/** Audits a repository of aggregates. */
export const auditedAggregates =
  <State, Event>(kind: string, show: (state: State) => object) =>
  <Repository extends Aggregates<State, Event>>(repository: Repository, tell: Tell): Repository => {
    const identified = (id: string, found: Versioned<State> | undefined): Identified<State> | undefined =>
      found && { id, ...found };
    const trail = makeTrail<Identified<State>>(
      { kind, idOf: ({ id }) => id, versionOf: ({ version }) => version, show: ({ state }) => show(state) },
      async (id) => identified(id, (await repository.find([id])).get(id)),
      tell,
    );
    return {
      ...repository,
      find: async (ids: readonly string[]) => {
        const found = await repository.find(ids);
        for (const [id, one] of found) trail.saw(identified(id, one));
        return found;
      },
      save: (...changes: readonly Change<State, Event>[]) =>
        trail.saved(changes, () => repository.save(...changes)),
    };
  };
