import type { Request } from 'express';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import type { Match } from './routes.ts';

/** Tags of an answer that may be kept: `x-cache-tags` with the path's parameters put in; undefined when it may not. */
export const tagsOf = ({ route, params }: Match): readonly string[] | undefined =>
  route.method === 'GET'
    ? route.operation['x-cache-tags']?.map((tag) =>
        // Ids are written in small letters in events, and in any in addresses.
        tag.replace(/\{(\w+)\}/g, (_, name: string) => (params[name] ?? '').toLowerCase()),
      )
    : undefined;

/** The query with its question mark, as the client wrote it; empty when there is none. */
export const searchOf = ({ originalUrl }: Request): string => {
  const start = originalUrl.indexOf('?');
  return start < 0 ? '' : originalUrl.slice(start);
};

/** Path and query, the latter in one order whoever wrote it. */
export const cacheKeyOf = (request: Request): string => {
  const query = new URLSearchParams(searchOf(request));
  query.sort();
  return `${request.path}?${query.toString()}`;
};

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
