import type { Request } from 'express';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import type { Match } from './routes.ts';

/** Tags of an answer that may be kept: `x-cache-tags` with the path's parameters put in; undefined when it may not. */
export const tagsOf = ({ route, params }: Match): readonly string[] | undefined =>
  route.method === 'GET'
    ? route.operation['x-cache-tags']?.map((tag) =>
        tag.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? ''),
      )
    : undefined;

/** Path and query, the latter in one order whoever wrote it. */
export const cacheKeyOf = ({ path, originalUrl }: Request): string => {
  const start = originalUrl.indexOf('?');
  if (start < 0) return path;
  const query = new URLSearchParams(originalUrl.slice(start + 1));
  query.sort();
  return `${path}?${query.toString()}`;
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
