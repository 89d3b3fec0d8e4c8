import { text } from 'node:stream/consumers';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Container } from 'inversify';
import { Webhook } from 'standardwebhooks';
import { vi } from 'vitest';
import { Metrics } from '#adapters/observability/metrics.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { EventEnvelope } from '#kernel/events.ts';
import type { Task } from '#kernel/tasks.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { openTestService, serve, type Answered, type SendOptions } from '#test/kit/http.ts';
import { runDueTasks } from '#test/kit/tasks.ts';
import { makeSendTask } from '../adapters/tasks/send-mail.ts';
import { handlebarsRenderer } from '../adapters/templates/handlebars-renderer.ts';
import { makeDeliverMail } from '../core/application/send-mail.ts';
import type { Tried } from '../core/application/webhooks/deliver.ts';
import type { Mail } from '../core/domain/mail.ts';
import type { DeliveryKey } from '../core/ports/webhooks.ts';
import { notification } from '../main/module.ts';
import { Storage, storage } from '../main/storage.ts';
import { composeWebhooks } from '../main/webhooks.ts';

export const PATH = '/api/v1/webhook-endpoints';
export const STAFF_EMAIL = 'staff@shop.example';

/** The settings of a laptop. */
export const LAPTOP = { NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: 'true', NOTIFICATION_STAFF_EMAIL: STAFF_EMAIL };

/** A request as the receiver got it. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A merchant's server. It returns 204, after the given answers. */
export const openReceiver = async () => {
  const received: Received[] = [];
  const answers: ((answer: ServerResponse) => void)[] = [];
  const { url, close } = await serve((request, answer) => {
    void text(request).then((body) => {
      received.push({ headers: request.headers, body });
      const next = answers.shift() ?? ((last) => last.writeHead(204).end());
      next(answer);
    });
  });
  return {
    url: `${url}/hook`,
    close,
    received,
    ids: () => received.map(({ headers }) => headers['webhook-id']),
    /** The next answers, in order; 204 after them. */
    answers: (...next: readonly (number | ((answer: ServerResponse) => void))[]) => {
      answers.push(
        ...next.map((one) =>
          typeof one === 'number' ? (answer: ServerResponse) => void answer.writeHead(one).end() : one,
        ),
      );
    },
  };
};

/** Verifies a request as a receiver would, with the reference library, whose clock shows the time `at`. */
export const verify = (secret: string, { headers, body }: Received, at: Date): unknown => {
  vi.useFakeTimers({ toFake: ['Date'], now: at });
  try {
    return new Webhook(secret).verify(body, {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    });
  } finally {
    vi.useRealTimers();
  }
};

export interface Created {
  readonly id: string;
  readonly secret: string;
}

const openWebhooks = async (env: Readonly<Record<string, string>>) => {
  const service = await openTestService('memory', notification, { env });
  const { toolbox } = service;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const metrics = new Metrics('notification');
  const compose = (changes: Partial<Toolbox>) =>
    composeWebhooks({ ...toolbox, ...changes }, unitOfWork, container.get(Storage.Webhooks));
  const { handler, recovering } = compose({ metrics });
  const restarted = (changed: Toolbox['env']) =>
    compose({ metrics: new Metrics('notification'), env: changed }).useCases;

  const as = async (method: string, path: string, options: SendOptions = {}): Promise<Answered> =>
    service.send(method, path, { token: await toolbox.tokenOf(systemIds.next(), 'admin'), ...options });
  return {
    ...service,
    handler,
    metrics,
    /** The use cases after a restart with other settings. */
    restarted,
    /** An endpoint from a time when private addresses were allowed. */
    createOnLaptop: async (url: string): Promise<Pick<Created, 'id'>> => {
      const content = { url, description: '', eventTypes: ['order.confirmed'] } as const;
      const created = await restarted(LAPTOP).createEndpoint(content);
      if (!created.ok) throw new Error(created.error.detail);
      return { id: created.value.id };
    },
    /** Asks as an administrator. */
    as,
    create: async (url: string, ...types: readonly string[]): Promise<Created> => {
      const event_types = types.length === 0 ? ['order.confirmed'] : types;
      const { body } = await as('POST', PATH, { body: { url, event_types } });
      return { id: String(body.endpoint.endpoint_id), secret: String(body.secret) };
    },
    hear: async (...events: readonly EventEnvelope[]): Promise<void> => {
      for (const consumer of service.consumers)
        if (consumer.consumer === 'notification.webhooks') await consumer.handle(events);
    },
    /** Records an outcome, as a worker does. */
    settle: (task: Task, outcome: Tried) => unitOfWork.run((tx) => handler.settle(tx, [{ task, outcome }])),
    /** Makes the attempts that are due. */
    work: () => runDueTasks(toolbox, unitOfWork, [handler]),
    recovering,
    /** Does the parts of recoveries that are due. */
    recover: () => runDueTasks(toolbox, unitOfWork, [recovering]),
    settlePart: (task: Task, outcome: readonly DeliveryKey[]) =>
      unitOfWork.run((tx) => recovering.settle(tx, [{ task, outcome }])),
    /** The log of an endpoint, newest events first. */
    log: async ({ id }: Pick<Created, 'id'>, query = '') => {
      const { body } = await as('GET', `${PATH}/${id}/deliveries${query}`);
      return body.items as { readonly status: string; readonly attempts: readonly object[] }[];
    },
    /** Sends the mails that wait, and returns them. */
    mails: async (): Promise<readonly Mail[]> => {
      const mails: Mail[] = [];
      const mailer = {
        deliver: (mail: Mail) => {
          mails.push(mail);
          return Promise.resolve({ status: 'sent' } as const);
        },
      };
      const renderer = handlebarsRenderer({ shop: 'The Shop' });
      const queries = container.get(Storage.Queries);
      const deliver = makeDeliverMail({ queries, renderer, mailer, unsubscribeUrlOf: () => undefined });
      const send = makeSendTask('email', deliver, { clock: toolbox.clock });
      await runDueTasks(toolbox, unitOfWork, [send]);
      return mails;
    },
  };
};

/** The notification service with what works on webhooks, for each test. */
export const webhooksForEachTest = (env: Readonly<Record<string, string>> = LAPTOP) =>
  forEachTest(() => openWebhooks(env));
