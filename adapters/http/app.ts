import express, { type Express, type RequestHandler } from 'express';
import type { Ids } from '#kernel/ids.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { runBecauseOf } from '../context/cause.ts';
import type { Logger } from '../observability/logger.ts';
import type { Metrics } from '../observability/metrics.ts';
import type { SecurityLog } from '../observability/security-log.ts';
import { asTraceparent, beginServerSpan } from '../observability/tracing.ts';
import { makeAudit } from './audit.ts';
import { admit } from './authentication.ts';
import { readBody } from './bodies.ts';
import { dispatch } from './dispatch.ts';
import { endpointsOf } from './endpoint.ts';
import { answerErrors } from './error-answers.ts';
import { measured } from './measured.ts';
import type { ErrorCatalogue } from './problem.ts';
import { recognise, routeOf } from './recognition.ts';
import { makeRouter } from './router.ts';
import type { Spec } from './spec.ts';
import { validationOf } from './validation.ts';

export interface HttpAppOptions {
  readonly spec: Spec;
  /** Handlers by operation id; typed at the service as `Handlers<operations, Code>`. */
  readonly handlers: object;
  readonly errors: ErrorCatalogue;
  readonly verify: TokenVerifier;
  /** Answers 200 or 503 at `/health/ready`. */
  readonly ready: () => Promise<boolean>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly security: SecurityLog;
  readonly ids: Ids;
  /** Off in production, where a wrong answer should not become an error. */
  readonly validateResponses: boolean;
}

/** The Express application of a service: everything that is the same for all of them. */
export const makeHttpApp = (options: HttpAppOptions): Express => {
  const { spec, handlers, errors, verify, ready, metrics, logger, security, ids, validateResponses } =
    options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  app.get('/health/ready', async (_request, response) => {
    const isReady = await ready();
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready' });
  });
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  app.use(inContext(spec.info.title.toLowerCase(), ids), measured(metrics));
  app.use(recognise(makeRouter(endpointsOf(spec))), admit(verify), readBody());
  app.use(validationOf(spec, validateResponses ? 'requestsAndResponses' : 'requests'));
  const audit = makeAudit(security);
  app.use(dispatch(handlers, errors, audit));
  app.use(answerErrors(errors, logger, audit));
  return app;
};

/** Correlation id and trace context, from the gateway or made here. */
const inContext =
  (service: string, ids: Ids): RequestHandler =>
  (request, response, next) => {
    const given = request.get('x-correlation-id');
    const correlationId = given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : ids.next();
    const parent = asTraceparent(request.get('traceparent'));
    const span = beginServerSpan(service, request.method, parent);
    if (span) response.once('close', () => span.end(routeOf(request), response.statusCode));
    const traceparent = span?.traceparent ?? parent;
    response.setHeader('X-Correlation-Id', correlationId);
    runBecauseOf(
      { correlationId, causationId: correlationId, ...(traceparent === undefined ? {} : { traceparent }) },
      next,
    );
  };
