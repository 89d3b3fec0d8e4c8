import type { Request, Response } from 'express';
import type { Principal } from '#adapters/auth/principal.ts';
import { deniedTo } from '#adapters/http/access.ts';
import { writeStream } from '#adapters/http/write-stream.ts';
import { SOON } from '../forward.ts';
import { refuse } from '../refuse.ts';
import type { Route, Router } from '../routes.ts';
import type { Kind } from './changes.ts';
import type { StaffEvents } from './staff-events.ts';

export interface StaffEventsOptions {
  readonly router: Router;
  readonly staffEvents: Pick<StaffEvents, 'watch'>;
}

/** Then the client connects again, and what it may do is checked again; milliseconds. */
const LIFE_MS = 10 * 60_000;

/** Callers who may list these see their changes. */
const LISTS: Readonly<Record<Kind, string>> = {
  order: '/api/v1/staff/orders',
  case: '/api/v1/staff/orders',
  return: '/api/v1/staff/returns',
  stock: '/api/v1/inventory/stock',
  review: '/api/v1/moderation/reviews',
};

export const isForStaffEvents = ({ path }: Pick<Route, 'path'>): boolean => path === '/api/v1/staff/events';

const POSITION = /^\d{1,20}-\d{1,20}$/;

/** Streams what changes, of the kinds that the caller may list. */
export const answerStaffEvents = async (
  { router, staffEvents }: StaffEventsOptions,
  request: Request,
  response: Response,
  principal: Principal,
): Promise<void> => {
  const mayRead = (kind: Kind): boolean => {
    const found = router('GET', LISTS[kind]);
    return found !== undefined && 'route' in found && !deniedTo(found.route, principal);
  };
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const last = request.get('last-event-id');
  const seen = last !== undefined && POSITION.test(last) ? last : undefined;
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(LIFE_MS)]);
  const events = await staffEvents.watch({ seen, mayRead, signal }).catch(() => undefined);
  if (!events) {
    refuse(request, response, 'UNAVAILABLE', 'Changes cannot be read right now; try again shortly.', SOON);
    return;
  }
  response.status(200).set('Content-Type', 'text/event-stream').set('X-Accel-Buffering', 'no');
  await writeStream(response, events);
};
