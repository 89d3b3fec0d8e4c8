import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, type HttpServer } from '#adapters/http/server.ts';
import type { Logger } from '#adapters/observability/logger.ts';
import type { Attachment } from '#adapters/service/module.ts';
import type { Clock } from '#kernel/clock.ts';
import { answerPayPage, PAY_PATH } from './pay-page.ts';
import type { GatewayStore } from './store.ts';
import { TEST_CARDS } from './test-cards.ts';
import { tokenise } from './tokenise.ts';

const BODY_LIMIT = 4_096;
/** The browser sends card details from the shop's page directly to the gateway. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': 'content-type',
};

export interface TokenAddressOptions {
  readonly store: GatewayStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly host: string;
  readonly port: number;
  /** Origins to which the page for cards may return; if empty, those of this machine. */
  readonly returnOrigins: readonly string[];
  readonly publish: (address: string) => void;
}

/** The gateway's own server, which exchanges cards for tokens; the shop never sees card numbers. */
export const makeTokenAddress = (options: TokenAddressOptions): Attachment => {
  const { logger, host, port, publish } = options;
  let server: HttpServer | undefined;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url?.split('?')[0] === PAY_PATH) {
      servePayPage(request, response, options);
      return;
    }
    answer(request, options).then(
      ({ status, body }) => {
        response.writeHead(
          status,
          body === undefined ? CORS : { 'content-type': 'application/json', ...CORS },
        );
        response.end(body === undefined ? undefined : JSON.stringify(body));
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the mock gateway failed');
        response.writeHead(500, CORS).end();
      },
    );
  };
  return {
    start: async () => {
      server = await listen(serve, port, host);
      publish(`http://${host}:${server.port}`);
    },
    stop: async () => {
      await server?.close();
    },
  };
};

interface MockAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const answer = async (
  request: IncomingMessage,
  { store, clock }: Pick<TokenAddressOptions, 'store' | 'clock'>,
): Promise<MockAnswer> => {
  const path = request.url?.split('?')[0];
  if (request.method === 'OPTIONS') return { status: 204 };
  if (request.method === 'GET' && path === '/') return { status: 200, body: listOfCards };
  if (request.method !== 'POST' || path !== '/v1/tokens') return { status: 404, body: { code: 'not_found' } };
  const id = randomBytes(24).toString('base64url');
  const token = tokenise(await readJson(request), id, clock.now());
  if (!token.ok) return { status: 400, body: token.error };
  await store.addToken(token.value);
  const { brand, last4, expMonth, expYear } = token.value.card;
  const body = { token: token.value.token, brand, last4, exp_month: expMonth, exp_year: expYear };
  return { status: 201, body };
};

const listOfCards = {
  about:
    'A mock payment gateway. POST /v1/tokens {number, exp_month, exp_year, cvc} answers a single-use token, or with ' +
    'reusable: true one for a card to be saved.',
  test_cards: TEST_CARDS.map(({ number, behaviour }) => ({ number, behaviour })),
};

const servePayPage = (
  request: IncomingMessage,
  response: ServerResponse,
  options: TokenAddressOptions,
): void => {
  readText(request)
    .then((text) => answerPayPage(request, text ?? '', options))
    .then(
      ({ status, headers, text }) => response.writeHead(status, headers).end(text),
      (error: unknown) => {
        options.logger.error({ err: error }, 'the mock gateway failed');
        response.writeHead(500).end();
      },
    );
};

/** Undefined if the body is too long. */
const readText = async (request: IncomingMessage): Promise<string | undefined> => {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > BODY_LIMIT) return undefined;
  }
  return text;
};

/** Undefined if the body is too long or not JSON. */
const readJson = async (request: IncomingMessage): Promise<unknown> => {
  try {
    return JSON.parse((await readText(request)) ?? '');
  } catch {
    return undefined;
  }
};
