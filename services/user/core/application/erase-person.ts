import type { Clock } from '#kernel/clock.ts';
import type { ToWire } from '#kernel/events.ts';
import type { Ids } from '#kernel/ids.ts';
import type { Person } from '#kernel/personal-data.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { NewTask } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import {
  beginErasure,
  recordReport,
  refuseStaff,
  repeatErasure,
  type HolderReport,
  type NotErasable,
  type PersonErasure,
} from '../domain/erasure.ts';
import { accessRevoked, type Publication } from '../domain/events.ts';
import { deactivate } from '../domain/user.ts';
import type { UserTx } from '../ports/user-tx.ts';
import { personOf } from './export-person.ts';
import type { NotOwner, OwnerProof, ProveOwner } from './prove-owner.ts';

export const ERASE_PERSON = 'erase-person';

export interface EraseTask {
  readonly erasureId: string;
  readonly service: string;
  readonly person: Person;
  /** Counts the calls to the service, from 1. */
  readonly call: number;
}

/** The call is part of the key, because the next one is scheduled while this one ends. */
const taskOf = (task: EraseTask): NewTask => ({
  key: `${task.erasureId}:${task.service}:${task.call}`,
  kind: ERASE_PERSON,
  payload: task,
});

interface Parts {
  readonly unitOfWork: UnitOfWork<UserTx>;
  readonly proveOwner: ProveOwner;
  /** Names of the services that hold personal data. */
  readonly holders: readonly string[];
  readonly ids: Ids;
  readonly clock: Clock;
  /** Lifetime of access tokens, in milliseconds. */
  readonly accessMs: number;
  readonly toWire: ToWire<Publication>;
}

export interface RequestErasure {
  readonly userId: string;
  /** The ID of the caller. */
  readonly by: string;
  readonly reason: string | undefined;
  readonly proof: OwnerProof;
}

type Refused = NotOwner | NotErasable | Refusal<'USER_NOT_FOUND'>;

/** Has every service erase again what it knows, unless it is still at it. */
const askAgain = async (
  { erasures, tasks }: Pick<UserTx, 'erasures' | 'tasks'>,
  begun: PersonErasure,
  holders: readonly string[],
): Promise<PersonErasure> => {
  const repeated = repeatErasure(begun, holders);
  if (repeated === begun) return begun;
  await erasures.save(repeated);
  const { erasureId, userId } = begun;
  await tasks.schedule(
    ...holders.map((service) => taskOf({ erasureId, service, person: { userId }, call: 1 })),
  );
  return repeated;
};

/**
 * Ends the account at once, and has every service erase what it knows of the person. A repetition returns the erasure that
 * has begun. The account itself is deleted last, so that nobody else has its e-mail address meanwhile. Users of the OIDC provider
 * have no account: they may come back, and have what they leave then erased as well.
 */
export const makeRequestErasure =
  ({ unitOfWork, proveOwner, holders, ids, clock, accessMs, toWire }: Parts) =>
  async ({ userId, by, reason, proof }: RequestErasure): Promise<Result<PersonErasure, Refused>> => {
    const proven = await proveOwner(userId, proof);
    if (!proven.ok) return proven;
    return unitOfWork.run(
      async ({ users, erasures, tasks, outbox }): Promise<Result<PersonErasure, Refused>> => {
        const begun = await erasures.ofUser(userId);
        const user = await users.find(userId);
        if (begun) return ok(user ? begun : await askAgain({ erasures, tasks }, begun, holders));
        const owner = user ?? (proof.by === 'login' ? proof : undefined);
        if (!owner) return refuse('USER_NOT_FOUND', 'There is no such user.');
        const staff = refuseStaff(owner);
        if (staff) return staff;
        const now = clock.now();
        const erasure = beginErasure(
          { erasureId: ids.next(), userId, requestedBy: by, reason },
          holders,
          now,
        );
        if (user) {
          const ended = deactivate(user, now);
          await users.save(ended);
          await outbox.add(
            toWire(accessRevoked(ended, {}, now, accessMs)),
            toWire({ type: 'user.erasure_requested', user: ended, erasure }),
          );
        }
        await erasures.save(erasure);
        const { erasureId } = erasure;
        const person = user ? personOf(user) : { userId };
        await tasks.schedule(...holders.map((service) => taskOf({ erasureId, service, person, call: 1 })));
        return ok(erasure);
      },
    );
  };

type ErasureNotFound = Refusal<'ERASURE_NOT_FOUND'>;

/** Has every service erase again what it knows of an erased person: after a backup was restored, or when services find more. */
export const makeRepeatErasure =
  ({ unitOfWork, holders }: Pick<Parts, 'unitOfWork' | 'holders'>) =>
  (erasureId: string): Promise<Result<PersonErasure, ErasureNotFound>> =>
    unitOfWork.run(async (tx) => {
      const found = await tx.erasures.find(erasureId);
      if (!found) return refuse('ERASURE_NOT_FOUND', 'There is no such erasure.');
      return ok(await askAgain(tx, found, holders));
    });

/** Records what a service has erased, and deletes the account once all services are done. */
export const makeRecordErased =
  (clock: Clock, toWire: ToWire<Publication>) =>
  async (
    { users, views, wishes, erasures, tasks, outbox }: UserTx,
    task: EraseTask,
    report: HolderReport,
  ): Promise<void> => {
    const begun = await erasures.find(task.erasureId);
    if (!begun) return;
    const now = clock.now();
    const erasure = recordReport(begun, report, now);
    if (erasure === begun) return;
    await erasures.save(erasure);
    if (!report.isDone) await tasks.schedule(taskOf({ ...task, call: task.call + 1 }));
    if (erasure.open.length > 0) return;
    await outbox.add(toWire({ type: 'user.forgotten', erasure, at: now }));
    await views.removeOwn(erasure.userId);
    await wishes.removeOwn(erasure.userId);
    const user = await users.find(erasure.userId);
    if (!user) return;
    await users.remove(user);
    await outbox.add(toWire({ type: 'user.erased', user, erasure }));
  };
