import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { GUEST, type Principal } from '#adapters/auth/principal.ts';
import { queryOf } from '#adapters/http/endpoint.ts';
import type { Metrics } from '#adapters/observability/metrics.ts';
import { CircuitOpen, makePolicy, Outage, TimedOut, type Policy } from '#adapters/resilience/policy.ts';
import type { components } from '#openapi/generated/recommendation.ts';
import { addressOf, localsOf } from './locals.ts';
import { refuse } from './refuse.ts';
import type { CachedAnswer } from './response-cache.ts';
import type { Match } from './routes.ts';
import { VISIT_SESSION } from './session/visits.ts';
import { SHOPPER_ID, type Shoppers } from './shoppers.ts';
import type { AskServices, Caller } from './staff/ask-services.ts';
import type { Upstream } from './upstream.ts';

type Recommendations = components['schemas']['Recommendations'];

export const RECOMMENDATION = 'recommendation';
const OPERATION = 'getRecommendations';

/** A page waits for its recommendations no longer than this. */
export const RECOMMENDATION_MS = 50;
/** How long popular products are waited for, and for how long they are the same. */
const POPULAR_MS = 2_000;
const POPULAR_FOR_MS = 30_000;
const MOST_CATEGORIES = 100;

export interface RecommendationOptions {
  readonly recommend: Recommend;
}

/** Answers a request for recommendations, whatever state the service is in. */
export type Recommend = (
  request: Request,
  response: Response,
  match: Match,
  principal: Principal,
) => Promise<void>;

export const isForRecommendations = ({ operation }: Match['route']): boolean =>
  operation.operationId === OPERATION;

/** Where the service does not answer, it cannot check the request: as in `recommendation.yaml`. */
const Uuid = z.guid();
const Query = z
  .object({
    list: z.enum(['for_you', 'similar', 'bought_together', 'popular', 'because_you_viewed', 'buy_again']),
    user_id: Uuid.optional(),
    product_id: Uuid.optional(),
    category: z.string().min(1).max(100).optional(),
    in_stock: z.enum(['true', 'false']).default('true'),
    limit: z.string().regex(/^\d{1,2}$/).transform(Number).pipe(z.int().min(1).max(24)).default(12), // prettier-ignore
  })
  .refine(
    ({ list, product_id }) => product_id !== undefined || !['similar', 'bought_together'].includes(list),
  );

/** Lists that are about something other than what is popular: empty is honest. */
const ABOUT_MORE = ['bought_together', 'because_you_viewed', 'buy_again', 'similar'];

const Found = z.object({ items: z.array(z.object({ product_id: z.string() })) });

export interface RecommendOptions {
  readonly upstream: Upstream;
  readonly askServices: AskServices;
  readonly shoppers: Pick<Shoppers, 'of'> | undefined;
  readonly metrics: Pick<Metrics, 'counter'>;
  /** Whether there is such a service. */
  readonly isOn: boolean;
  readonly answerMs: number;
  /** As for other callees. */
  readonly onState: (open: 0 | 1) => void;
}

export const makeRecommend = (options: RecommendOptions): Recommend => {
  const { upstream, shoppers, metrics, answerMs } = options;
  const policy = makePolicy({
    name: RECOMMENDATION,
    timeoutMs: answerMs,
    retries: 0,
    onState: options.onState,
  });
  const fallbacks = metrics.counter('recommendation_fallbacks_total', 'Lists that the gateway made itself, and why', ['reason']); // prettier-ignore
  const popular = makePopular(options.askServices);

  return async (request, response, match, principal) => {
    const caller = callerOf(request, response, principal);
    const query = Object.fromEntries(new URLSearchParams(queryOf(match.route, request.originalUrl)));
    const shopperId = principal.kind === 'user' ? shoppers?.of(principal.userId) : undefined;
    const work = (signal: AbortSignal) =>
      upstream.answer({
        ...caller,
        match,
        target: request.path + queryOf(match.route, request.originalUrl),
        headers: { ...headersOf(caller, request), [SHOPPER_ID]: shopperId },
        body: undefined,
        answerMs,
        isRepeatable: true,
        signal,
      });
    const { answer, reason } = options.isOn ? await guarded(policy, work) : { answer: undefined, reason: 'off' }; // prettier-ignore
    if (answer) {
      send(response, answer);
      return;
    }
    fallbacks.inc({ reason });
    const asked = Query.safeParse(query);
    if (!asked.success) {
      refuse(request, response, 'VALIDATION_FAILED', 'The query is not valid.');
      return;
    }
    const { list, user_id, product_id, category, limit } = asked.data;
    if (user_id !== undefined && !(principal.kind === 'user' && principal.userId === user_id.toLowerCase())) {
      const code = principal.kind === 'user' ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      refuse(request, response, code, 'Only the user may see their recommendations.');
      return;
    }
    const products = ABOUT_MORE.includes(list) ? [] : await popular(caller, category);
    const code = category === undefined ? 'popular' : 'popular_in_category';
    const body: Recommendations = {
      list_id: randomUUID(),
      list,
      strategy: 'fallback',
      items: products
        .filter((one) => one !== product_id)
        .slice(0, limit)
        .map((one, index) => ({ product_id: one, position: index + 1, reason: { code }, propensity: 1 })),
    };
    response.status(200).json(body);
  };
};

/** What the service answered, or why nothing is to be had from it. */
const guarded = async (
  policy: Policy,
  work: (signal: AbortSignal) => Promise<CachedAnswer>,
): Promise<{ readonly answer?: CachedAnswer; readonly reason: string }> => {
  try {
    const answer = await policy.execute(async (signal) => {
      const found = await work(signal).catch((cause: unknown) => {
        throw new Outage(`${RECOMMENDATION} did not answer`, { cause });
      });
      if (found.status >= 500) throw new Outage(`${RECOMMENDATION} answered ${found.status}`);
      return found;
    });
    return { answer, reason: 'none' };
  } catch (error) {
    if (error instanceof TimedOut) return { reason: 'late' };
    return { reason: error instanceof CircuitOpen ? 'circuit_open' : 'down' };
  }
};

const callerOf = (request: Request, response: Response, principal: Principal): Caller => ({
  principal,
  authorization: request.headers.authorization,
  address: addressOf(request, response),
  correlationId: String(response.getHeader('x-correlation-id')),
  traceparent: localsOf(response).traceparent,
});

const headersOf = ({ authorization }: Caller, { headers }: Request): Request['headers'] => ({
  accept: 'application/json',
  ...(authorization !== undefined && { authorization }),
  [VISIT_SESSION]: headers[VISIT_SESSION], // the gateway's own: what a client sends is replaced
});

const send = (response: Response, { status, headers, body }: CachedAnswer): void => {
  response.status(status).setHeaders(new Map(Object.entries(headers)));
  response.set('Content-Length', String(body.length)).end(body);
};

/** What sells best, or else the newest; up to half a minute old, so that a service that is away costs the others little. */
const makePopular = (ask: AskServices) => {
  const known = new Map<string, { readonly at: number; readonly products: Promise<readonly string[]> }>();
  const find = async (caller: Caller, category: string | undefined): Promise<readonly string[]> => {
    const filter = category === undefined ? {} : { category };
    const best = new URLSearchParams({ ...filter, sort: 'best_selling', in_stock: 'true', facets: 'false', limit: '24' }); // prettier-ignore
    const newest = new URLSearchParams({ ...filter, limit: '24' });
    for (const url of [`/api/v1/search?${best.toString()}`, `/api/v1/products?${newest.toString()}`]) {
      const answer = (await ask(caller, new Map([['products', url]]), POPULAR_MS)).get('products');
      const found = Found.safeParse(answer?.outcome === 'answered' ? answer.body : undefined);
      if (found.success) return found.data.items.map(({ product_id }) => product_id);
    }
    return [];
  };
  return (caller: Caller, category: string | undefined): Promise<readonly string[]> => {
    const name = category ?? '';
    const found = known.get(name);
    if (found && performance.now() - found.at < POPULAR_FOR_MS) return found.products;
    if (known.size >= MOST_CATEGORIES) known.clear(); // a caller may name any number of categories
    const products = find({ ...caller, principal: GUEST, authorization: undefined }, category); // it is for all
    known.set(name, { at: performance.now(), products });
    void products.then((some) => {
      if (some.length === 0) known.delete(name); // asked again: search may be back
    });
    return products;
  };
};
