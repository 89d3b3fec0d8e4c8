import { hasRole, type Principal } from '#adapters/auth/principal.ts';
import type { Clock } from '#kernel/clock.ts';
import type { IdempotencyKey } from '#kernel/idempotency.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';
import type { Caller } from '../../core/application/command-order.ts';
import type { OrderTokens } from '../security/order-tokens.ts';
import { actorOf, type Viewer } from './mapping.ts';

const NO_CREDENTIALS = refuse('UNAUTHENTICATED', 'An access token, or the token of the order, is required.');

/** Who asks for an order: a user, or the holder of its token. */
export interface Asking {
  readonly viewer: Viewer;
  /** The order of the token, if it is valid. */
  readonly tokenOf?: string | undefined;
}

/** The actor as seen by an order; undefined hides the order from those who may not see it. */
export const caller =
  ({ viewer, tokenOf }: Asking): Caller =>
  (order) => {
    const isOwn = viewer.userId !== undefined && viewer.userId === order.customer.userId;
    return isOwn || viewer.isStaff || tokenOf === order.orderId ? actorOf(order, viewer) : undefined;
  };

/** Reads requests about orders. @param returnWindowMs how long after the delivery customers may return goods */
export const makeAsking = (tokens: Pick<OrderTokens, 'read'>, clock: Clock, returnWindowMs: number) => {
  const viewerOf = (principal: Principal): Viewer => ({
    isStaff: hasRole(principal, 'order_manager'),
    userId: principal.kind === 'user' ? principal.userId : undefined,
    returns: { windowMs: returnWindowMs, now: clock.now() },
  });
  return {
    viewerOf,
    askingWith: (
      principal: Principal,
      token: string | undefined,
    ): Result<Asking, Refusal<'UNAUTHENTICATED'>> =>
      principal.kind === 'guest' && token === undefined
        ? NO_CREDENTIALS
        : ok({
            viewer: viewerOf(principal),
            tokenOf: token === undefined ? undefined : tokens.read(token),
          }),
  };
};

export type AskingFor = ReturnType<typeof makeAsking>;

/** Guests have no ID, so their keys belong to the holders of the order's token. */
export const keyedByOrder = (
  { viewer, tokenOf }: Asking,
  key: IdempotencyKey | undefined,
): IdempotencyKey | undefined =>
  key && viewer.userId === undefined && tokenOf !== undefined
    ? { ...key, principal: `order:${tokenOf}` }
    : key;
