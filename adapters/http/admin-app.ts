import express, { type Express } from 'express';
import type { Redelivery } from '../messaging/stores.ts';
import type { Logger } from '../observability/logger.ts';
import { answerErrors } from './error-answers.ts';
import { writeStream } from './write-stream.ts';

/** Dead letters and stuck tasks of one service. */
export interface Trouble {
  readonly service: string;
  readonly dead: readonly {
    readonly consumer: string;
    readonly event_id: string;
    readonly event_type: string;
    readonly error: string;
    readonly parked_at: string;
  }[];
  readonly stuck: readonly {
    readonly key: string;
    readonly kind: string;
    readonly attempts: number;
    readonly error: string;
  }[];
}

/** A request that is forwarded unchanged. */
export interface Forwarded {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly type: string | undefined;
  readonly body: Uint8Array | undefined;
}

export interface AdminOptions {
  /** Checks the key that a tool sends. */
  readonly isAllowed: (key: string) => boolean;
  readonly troubles: () => Promise<readonly Trouble[]>;
  /** Delivers a dead letter again. */
  readonly redrive: (consumer: string, eventId: string) => Promise<Redelivery>;
  /** Retries all stuck tasks now; returns how many. */
  readonly hasten: () => Promise<number>;
  /** In Prometheus' text format. */
  readonly metrics: () => Promise<string>;
  /** Carries a request for imports and exports out as an operator. Absent without a catalog. */
  readonly catalog?: (request: Forwarded) => Promise<Response>;
}

/** Bytes. */
const LARGEST_PART = 8 * 1024 * 1024;

/** The admin server of a running shop. Tools use it because they must not open the data folder. */
export const makeAdminApp = (options: AdminOptions, logger: Logger): Express => {
  const { isAllowed, troubles, redrive, hasten, metrics, catalog } = options;
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    if (isAllowed(request.get('x-admin-key') ?? '')) next();
    else response.status(401).json({ error: 'x-admin-key is missing or wrong' });
  });
  app.get('/troubles', async (_request, response) => {
    response.json(await troubles());
  });
  app.get('/metrics', async (_request, response) => {
    response.type('text/plain').send(await metrics());
  });
  app.post('/redrive/:consumer/:eventId', async (request, response) => {
    const { consumer, eventId } = request.params;
    const redelivery = await redrive(consumer, eventId);
    response.status(redelivery.outcome === 'unknown' ? 404 : 200).json(redelivery);
  });
  app.post('/hasten', async (_request, response) => {
    response.json({ tasks: await hasten() });
  });
  if (catalog)
    app.all(
      /^\/api\/v1\/(imports|exports)(\/|$)/,
      express.raw({ type: () => true, limit: LARGEST_PART }),
      async (request, response) => {
        const answer = await catalog({
          method: request.method,
          path: request.url,
          type: request.get('content-type'),
          body: Buffer.isBuffer(request.body) ? request.body : undefined,
        });
        response.status(answer.status).type(answer.headers.get('content-type') ?? 'text/plain');
        await writeStream(response, answer.body ?? []);
      },
    );
  app.use(answerErrors({}, logger));
  return app;
};
