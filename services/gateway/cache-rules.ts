import type { Request } from 'express';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { queryOf } from '#adapters/http/endpoint.ts';
import type { Match } from './routes.ts';

/** Tags of an answer that may be kept: `x-cache-tags` with the path's parameters put in; undefined when it may not. */
export const tagsOf = ({ route, params }: Match): readonly string[] | undefined =>
  route.isShared
    ? route.operation['x-cache-tags']?.map((tag) =>
        // Ids are written in small letters in events, and in any in addresses.
        tag.replace(/\{(\w+)\}/g, (_, name: string) => (params[name] ?? '').toLowerCase()),
      )
    : undefined;

/** What the service is asked for, and what its answer is kept under: the path as it was written, and the query that is documented. */
export const targetOf = ({ path, originalUrl }: Request, { route }: Match): string =>
  path + queryOf(route, originalUrl);

/** True when `If-None-Match` names the ETag, be it by a weaker name that a proxy has given it. */
export const isKnownAs = (ifNoneMatch: string | undefined, etag: string | undefined): boolean => {
  if (ifNoneMatch === undefined || etag === undefined) return false;
  const known = ifNoneMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag.replace(/^W\//, ''));
};

/** Events that make answers stale. */
export const INVALIDATING = [
  'product.created',
  'product.updated',
  'product.deleted',
] as const satisfies readonly EventType[];

/** Tags that an event makes stale. */
export const staleTags = ({ aggregate_id }: EventEnvelope): readonly string[] => [
  'products',
  `product:${aggregate_id}`,
];
