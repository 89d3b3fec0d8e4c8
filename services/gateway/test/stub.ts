import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Role } from '#adapters/auth/principal.ts';
import { type KeySource, generateKey, makeSigner, makeVerifier, publicJwk } from '#adapters/auth/tokens.ts';
import { makeUserSigner, makeUserVerifier, ownIssuer, type Issuer } from '#adapters/auth/user-tokens.ts';
import type { Spec } from '#adapters/http/spec.ts';
import { InProcessBus, noJournal } from '#adapters/messaging/in-process-bus.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import type { ServiceClient } from '#adapters/http/client.ts';
import type { RedisConnection } from '#adapters/redis/connection.ts';
import { atEnd } from '#test/kit/cleanup.ts';
import { makeSend, serve, type Send } from '#test/kit/http.ts';
import type { Noted } from '#test/kit/toolbox.ts';
import { prepareGateway } from '../main/gateway.ts';
import type { ServiceSpec } from '../routes.ts';

const operation = (operationId: string, more: object = {}) => ({
  operationId,
  security: [],
  responses: {},
  'x-rate-class': 'read',
  ...more,
});
const page = { 'x-pages': 'shop' };
const forGuests = { security: [{}, { bearer: [] }] };
const bearer = { security: [{ bearer: [] }], 'x-rate-class': 'write' };

/** Seconds; any login was longer ago. */
const NEVER = -1;

export const spec = {
  info: { title: 'Stub', version: '1' },
  components: {},
  paths: {
    '/api/v1/products': {
      get: operation('list', {
        'x-cache-tags': ['products'],
        parameters: ['a', 'b', 'q'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
      }),
      post: operation('create', bearer),
    },
    '/api/v1/products/{product_id}': {
      get: operation('get', { 'x-cache-tags': ['product:{product_id}'] }),
      put: operation('put', {
        ...bearer,
        parameters: [{ name: 'a', in: 'query', schema: { type: 'string' } }],
      }),
    },
    '/api/v1/staff': { post: operation('staffOnly', { ...bearer, security: [{ bearer: ['admin'] }] }) },
    '/api/v1/imports': {
      post: operation('import', { 'x-rate-class': 'import', 'x-max-body-bytes': 4_000_000 }),
    },
    '/api/v1/staff/orders': {
      get: operation('listStaffOrders', { security: [{ bearer: ['order_manager'] }] }),
    },
    '/api/v1/inventory/stock': {
      get: operation('listStock', { security: [{ bearer: ['inventory_manager'] }] }),
    },
    '/api/v1/staff/imports': {
      post: operation('staffImport', {
        security: [{ bearer: ['catalog_manager'] }],
        'x-max-body-bytes': 32_000_000,
      }),
    },
    '/api/v1/orders': {
      post: operation('order', { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] }),
    },
    '/api/v1/cart': { get: operation('cart', { security: [{ bearer: [] }, {}] }) },
    '/api/v1/behaviour': {
      post: operation('reportBehaviour', { ...forGuests, 'x-rate-class': 'write', 'x-visit': true }),
    },
    '/api/v1/login': { post: operation('login', { 'x-rate-class': 'auth' }) },
    '/api/v1/orders/{order_id}': { get: operation('getOrder', forGuests) },
    '/api/v1/orders/{order_id}/events': {
      get: operation('watch', { ...bearer, 'x-streams': true }),
    },
    '/api/v1/progress': { get: operation('progress', { 'x-streams': true }) },
    '/api/v1/own-progress': { get: operation('ownProgress', { ...bearer, 'x-streams': true }) },
    '/api/v1/auth/login': { post: operation('logIn', { 'x-rate-class': 'auth' }) },
    '/api/v1/auth/second-factor': { post: operation('proveSecondFactor', { 'x-rate-class': 'auth' }) },
    '/api/v1/auth/refresh': { post: operation('refreshSession', { 'x-rate-class': 'auth' }) },
    '/api/v1/auth/logout': { post: operation('logOut', { 'x-rate-class': 'auth' }) },
    '/api/v1/auth/step-up': { post: operation('stepUp', { ...bearer, 'x-gives-tokens': true }) },
    '/api/v1/auth/passkey': { post: operation('logInWithPasskey', { 'x-rate-class': 'auth' }) },
    '/api/v1/users/u-1/sessions': {
      delete: operation('endOtherSessions', {
        ...bearer,
        parameters: [{ $ref: '#/components/parameters/DeviceToken' }],
      }),
    },
    '/api/v1/users/u-1/password': {
      post: operation('changePassword', {
        ...bearer,
        parameters: [{ $ref: '#/components/parameters/DeviceToken' }],
      }),
    },
    '/api/v1/me': { get: operation('getMe', bearer) },
    '/api/v1/cart/{user_id}/merge': { post: operation('mergeCart', bearer) },
    '/': { get: operation('showHome', { ...page, 'x-cache-tags': ['products'] }) },
    '/cart': { get: operation('showCart', { ...page, ...forGuests }) },
    '/cart/items': { post: operation('addToCart', { ...page, ...forGuests }) },
    '/account': { get: operation('showAccount', { ...page, security: [{ bearer: [] }] }) },
    '/account/privacy': { get: operation('showPrivacy', { ...page, ...bearer, 'x-step-up': NEVER }) },
    '/account/erasure': { post: operation('erase', { ...page, ...bearer, 'x-step-up': NEVER }) },
    '/account/export': { post: operation('export', { ...page, ...bearer, 'x-streams': true }) },
    '/checkout': { post: operation('placeOrder', { ...page, security: [{ bearer: [] }] }) },
    '/language': { post: operation('chooseLanguage', { ...page, ...forGuests }) },
    '/login': { post: operation('logInByForm', { ...page, ...forGuests }) },
    '/logout': { post: operation('logOutByForm', { ...page, ...forGuests }) },
    '/dev/mailbox': { get: operation('mailbox') },
    '/internal/v1/secret': { get: operation('secret', { security: [{ service: [] }] }) },
  },
} as unknown as Spec;

const downSpec = {
  ...spec,
  paths: { '/api/v1/down': { get: operation('down', { 'x-cache-tags': [] }), post: operation('downPost') } },
} as unknown as Spec;

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (request: Received, response: ServerResponse) => void;

const ISSUER = 'https://shop.test';
const [userKey, cartKey] = await Promise.all([generateKey('user'), generateKey('cart')]);
/** Gateways share it, as instances of one do. */
export const gatewayKey = await generateKey('gateway');

/**
 * The gateway on a real port, with a stub as its upstream and a second upstream that is down, until the end of the test or
 * file.
 */
export const openGateway = async (
  env: Readonly<Record<string, string>> = {},
  redis?: RedisConnection,
  keys: KeySource = () => Promise.resolve({ keys: [publicJwk(userKey)] }),
  logger = makeLogger({ service: 'gateway', level: 'silent' }),
  specs: readonly ServiceSpec[] = [
    { service: 'catalog', spec },
    { service: 'down', spec: downSpec },
  ],
  issuers: readonly Issuer[] = [],
  analytics?: ServiceClient,
) => {
  const received: Received[] = [];
  let answering: Answering = (_, response) => response.writeHead(200).end();
  const { url: stubUrl } = await serve((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request;
      if (url.startsWith('/health')) return response.writeHead(200).end();
      const one = { method, url, headers, body };
      received.push(one);
      return answering(one, response);
    });
  });

  const noted: Noted[] = [];
  const bus = new InProcessBus(noJournal, makeLogger({ service: 'test', level: 'silent' }));
  const metrics = new Metrics('gateway');
  const gateway = prepareGateway({
    specs,
    addressesOf: (service) =>
      service === 'down' ? ['http://127.0.0.1:1'] : ['http://127.0.0.1:1', stubUrl, stubUrl],
    verify: makeVerifier({
      users: makeUserVerifier(ownIssuer(ISSUER, keys), ...issuers),
      serviceKeys: { keys: [publicJwk(cartKey)] },
      audience: 'gateway',
    }),
    key: gatewayKey,
    hasRecommendations: true,
    analytics,
    bus,
    logger,
    metrics,
    breakers: metrics.gauge('circuit_open', 'as in the toolbox', ['callee']),
    security: { note: (event, note) => noted.push({ event, ...note }) },
    env,
    redis,
    pages: {
      profile: 'test',
      accounts: [{ email: 'a@example.com', password: '<b>', roles: ['customer'] }],
      links: () => [{ href: '/docs', text: 'Docs' }],
    },
    host: '127.0.0.1',
    port: 0,
  });
  await bus.start();
  const running = await gateway.start();
  const url = `http://127.0.0.1:${running.port}`;
  const send: Send = makeSend(url);
  const close = async (): Promise<void> => {
    await running.stop();
    await bus.stop();
  };
  atEnd(close);
  return {
    url,
    port: running.port,
    send,
    bus,
    metrics,
    received,
    noted,
    answer: (next: Answering) => {
      answering = next;
    },
    /** Returns JSON with a counter, so that tests can distinguish a new response from a cached one. */
    answerCounting: (headers: Readonly<Record<string, string>> = {}) => {
      let count = 0;
      answering = (_, response) => {
        count += 1;
        response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(`{"count":${count}}`);
      };
    },
    userToken: async (sid?: string, sub = 'u-1', roles: readonly Role[] = []): Promise<string> =>
      (await makeUserSigner(userKey, ISSUER))(
        { sub, email: 'a@example.com', roles, ...(sid === undefined ? {} : { sid }) },
        60,
      ),
    serviceToken: async (): Promise<string> =>
      (await makeSigner(cartKey))({ iss: 'service:cart', aud: 'gateway', scope: 'all' }, 60),
    close,
  };
};

export type TestGateway = Awaited<ReturnType<typeof openGateway>>;
