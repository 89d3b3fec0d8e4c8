import type { Request } from 'express';
import type { EventEnvelope, EventType } from '#kernel/events.ts';
import { queryOf } from '#adapters/http/endpoint.ts';
import type { Match } from './routes.ts';

/** Tags of a cacheable response: `x-cache-tags` with the path parameters filled in; undefined if it is not cacheable. */
export const tagsOf = ({ route, params }: Match): readonly string[] | undefined =>
  route.isShared
    ? route.operation['x-cache-tags']?.map((tag) =>
        // Ids are lower case in events, but may be in any case in URLs.
        tag.replace(/\{(\w+)\}/g, (_, name: string) => (params[name] ?? '').toLowerCase()),
      )
    : undefined;

/** The upstream path and cache key: the path as received, and the documented part of the query. */
export const targetOf = ({ path, originalUrl }: Request, { route }: Match): string =>
  path + queryOf(route, originalUrl);

/** Events that make cached responses stale. */
export const INVALIDATING = [
  'product.created',
  'product.updated',
  'product.deleted',
  'product.rated',
] as const satisfies readonly EventType[];

/** Tags that an event invalidates. */
export const staleTags = ({ aggregate_id }: EventEnvelope): readonly string[] => [
  'products',
  `product:${aggregate_id}`,
];
