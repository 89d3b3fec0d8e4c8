import {
  generateKey,
  makeSigner,
  makeVerifier,
  publicJwk,
  type PrivateJwk,
  type TokenVerifier,
} from '#adapters/auth/tokens.ts';
import { makeUserVerifier, ownIssuer, SHOP_AUDIENCE } from '#adapters/auth/user-tokens.ts';
import { currentAct, type StaffAct } from '#adapters/context/act.ts';
import { currentCause } from '#adapters/context/cause.ts';
import { makeLogger, type Logger } from '#adapters/observability/logger.ts';
import { Metrics } from '#adapters/observability/metrics.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { refuse } from '#kernel/result.ts';
import { makeSend, serve, type Send } from '#test/kit/http.ts';
import type { Noted } from '#test/kit/toolbox.ts';
import { makeHttpApp } from '../app.ts';
import { makeApplication } from '../application.ts';
import { makeInProcessService, type InProcessService } from '../in-process.ts';
import { JsonText } from '../json-text.ts';
import { loadSpec, type Spec } from '../spec.ts';

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const Problem = { $ref: '#/components/responses/Problem' };
const anything = json({ type: 'object' });
const thing = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1 },
    size: { type: 'integer', minimum: 1 },
    weight: { type: 'number' },
    of: { $ref: '#/components/schemas/Uuid' },
  },
};
const operation = (operationId: string, more: object = {}) => ({
  operationId,
  security: [],
  responses: { 200: { description: '', ...anything }, default: Problem },
  ...more,
});
const getting = (operationId: string, more: object = {}) => ({ get: operation(operationId, more) });
const parameter = (name: string, place: string, schema: object) => ({
  name,
  in: place,
  required: place === 'path',
  schema,
});

const { components } = loadSpec(new URL('../../../openapi/catalog.yaml', import.meta.url));

/** An operation for each thing that the edge does for all services. */
export const spec = {
  openapi: '3.1.0',
  info: { title: 'Edge', version: '1.0.0' },
  components,
  paths: {
    '/things/{id}': {
      parameters: [parameter('id', 'path', { $ref: '#/components/schemas/Uuid' })],
      get: operation('echo', {
        parameters: [
          parameter('limit', 'query', { type: 'integer', maximum: 9, default: 3 }),
          parameter('q', 'query', { type: 'string', minLength: 1 }),
          parameter('from', 'query', { type: 'number' }),
          {
            ...parameter('ids', 'query', { type: 'array', items: { $ref: '#/components/schemas/Uuid' } }),
            explode: false,
          },
        ],
      }),
      put: operation('editThing', {
        security: [{ bearer: ['catalog_manager'] }],
        'x-audit': 'catalogue',
        parameters: [{ $ref: '#/components/parameters/IfMatch' }],
        requestBody: { required: true, ...json(thing) },
      }),
    },
    '/things': {
      post: operation('makeThing', {
        security: [{ bearer: [] }],
        parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
        requestBody: { required: true, ...json(thing) },
      }),
    },
    '/secrets': getting('secrets', { security: [{ bearer: [] }], 'x-step-up': 60 }),
    '/texts': {
      post: operation('takeText', {
        'x-max-body-bytes': 4_000_000,
        requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
      }),
    },
    '/imports': {
      post: operation('takeImport', {
        security: [{ bearer: ['catalog_manager'] }],
        'x-max-body-bytes': 4_000_000,
        requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } },
      }),
    },
    '/mine': getting('mine', { security: [{}, { bearer: [] }] }),
    '/internal/things': {
      ...getting('internal', { security: [{ service: ['things:read'] }], 'x-consumers': ['cart'] }),
      post: operation('internalMake', {
        security: [{ service: ['things:write'] }],
        'x-consumers': ['cart'],
        'x-acts-for-user': true,
        parameters: [
          { $ref: '#/components/parameters/IdempotencyKey' },
          parameter('limit', 'query', { type: 'integer', maximum: 9 }),
          parameter('q', 'query', { type: 'string' }),
        ],
        requestBody: { required: true, ...json(thing) },
      }),
    },
    '/internal/slow': getting('slow', {
      security: [{ service: ['things:read'] }],
      'x-consumers': ['cart'],
    }),
    '/slow': getting('slowForAll', { security: [{}, { bearer: [] }] }),
    '/empty-internal': getting('emptyInternal', { responses: { 204: { description: '' } } }),
    '/internal/things-of-user': getting('internalOfUser', {
      security: [{ service: ['things:read'] }],
      'x-consumers': ['cart'],
      'x-acts-for-user': true,
    }),
    '/refused': getting('refused'),
    '/undocumented': getting('undocumented'),
    '/thrown/{what}': {
      parameters: [
        parameter('what', 'path', { type: 'string' }),
        { name: 'email', in: 'query', schema: { type: 'string' } },
      ],
      ...getting('thrown'),
    },
    '/wrong': getting('wrong', { responses: { 200: { description: '', ...json(thing) }, default: Problem } }),
    '/wrong-text': getting('wrongText', {
      responses: { 200: { description: '', ...json(thing) }, default: Problem },
    }),
    '/text': getting('text', {
      responses: { 200: { description: '', content: { 'text/plain': { schema: { type: 'string' } } } } },
    }),
    '/empty': getting('empty', { responses: { 204: { description: '' } } }),
    '/stream': getting('stream', {
      security: [{}, { bearer: [] }],
      'x-streams': true,
      responses: {
        200: { description: '', content: { 'text/event-stream': { schema: { type: 'string' } } } },
      },
    }),
    '/files': {
      post: operation('takeFile', {
        security: [{}, { bearer: [] }],
        'x-max-body-bytes': 1_000_000,
        requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
      }),
      get: operation('giveFile', {
        'x-streams': true,
        responses: {
          200: { description: '', content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
        },
      }),
    },
    '/unhandled': getting('nobodyHandlesThis'),
  },
} as unknown as Spec;

/** The parts of a request that a handler received. */
export interface Seen {
  readonly path: Readonly<Record<string, string>>;
  readonly query: object;
  readonly body: unknown;
  readonly principal: object;
  readonly address: string;
  readonly idempotency: { readonly fingerprint: string } | undefined;
  readonly ifMatch: number | undefined;
  readonly signal: AbortSignal;
  /** What the handler's work is part of. */
  readonly act: StaffAct | undefined;
}

export interface Edge {
  readonly url: string;
  readonly send: Send;
  /** The same without a socket. */
  readonly inProcess: InProcessService;
  /** Verifies the tokens made here. */
  readonly verify: TokenVerifier;
  /** The last request that reached a handler. */
  seen(): Seen;
  /** Entries of the security log, oldest first. */
  readonly noted: readonly Noted[];
  userToken(...roles: readonly string[]): Promise<string>;
  /** A token that expires after the given seconds. */
  shortToken(seconds: number): Promise<string>;
  serviceToken(scope: string, changes?: object): Promise<string>;
  close(): Promise<void>;
}

export interface EdgeOptions {
  readonly isReady?: () => boolean;
  /** Thrown by `/thrown/{what}`. */
  readonly thrown?: Readonly<Record<string, () => Error>>;
  /** The token issuer does not respond. */
  readonly isIssuerAway?: boolean;
  /** The response of `/stream`. */
  readonly stream?: (signal: AbortSignal) => AsyncIterable<string>;
  /** The handler of a file that arrives at `/files`. */
  readonly takeFile?: (file: AsyncIterable<Uint8Array>) => Promise<object>;
  /** The handler of `/slow`; it should be aborted when its client disconnects. */
  readonly slow?: (signal: AbortSignal) => Promise<never>;
  readonly logger?: Logger;
}

export const ISSUER = 'https://shop.test';
export const ID = '0190a000-0000-7000-8000-00000000000a';
export const THING = `/things/${ID}`;
/** Must never appear in a response or log. */
export const SECRET = 'the password of the database';

export const [userKey, cartKey, orderKey] = await Promise.all([
  generateKey('user'),
  generateKey('cart'),
  generateKey('order'),
]);

export const sign = async (key: PrivateJwk, claims: object, seconds = 60): Promise<string> =>
  (await makeSigner(key))({ ...claims }, seconds);

/** A user's access token, valid except for the changes by `claims` and `typ`. */
export const signForUser = async (
  key: PrivateJwk,
  claims: object,
  { seconds = 60, typ = 'at+jwt' }: { readonly seconds?: number; readonly typ?: string } = {},
): Promise<string> =>
  (await makeSigner(key, typ))(
    { iss: ISSUER, aud: SHOP_AUDIENCE, sub: 'u-1', email: 'u-1@example.com', name: 'A User', ...claims },
    seconds,
  );

/** As long as Node reads a file at once. */
export const FILE = Buffer.alloc(150_000, 'file');

const makeHandlers = ({ thrown = {}, stream, slow, takeFile }: EdgeOptions, see: (request: Seen) => void) => {
  const echo = async (request: Seen) => {
    see({ ...request, act: currentAct() });
    const { signal: _, ...body } = request;
    return { status: 200, body: { ...body, cause: currentCause() } };
  };
  return {
    echo,
    editThing: echo,
    makeThing: echo,
    takeText: echo,
    takeImport: echo,
    mine: echo,
    internal: echo,
    internalOfUser: echo,
    refused: async () => refuse('TOO_OLD', 'It is too old.'),
    undocumented: async () => refuse('NEVER_HEARD_OF', 'What?'),
    thrown: async ({ path }: Seen) => {
      throw thrown[path['what'] ?? '']?.() ?? new Error('nothing');
    },
    wrong: async () => ({ status: 200, body: { name: '', surprise: SECRET } }),
    wrongText: async () => ({ status: 200, body: new JsonText(`{"name":"","surprise":"${SECRET}"}`) }),
    text: async () => ({ status: 200, type: 'text/plain', body: 'plain', headers: { ETag: '"1"' } }),
    empty: async () => ({ status: 204 }),
    internalMake: echo,
    secrets: async () => ({ status: 200, body: {} }),
    emptyInternal: async () => ({ status: 204 }),
    slow: async ({ signal }: Seen) => slow?.(signal) ?? { status: 200, body: {} },
    slowForAll: async ({ signal }: Seen) => slow?.(signal) ?? { status: 200, body: {} },
    takeFile: async ({ body }: { readonly body: AsyncIterable<Uint8Array> }) => ({
      status: 200,
      body: await takeFile?.(body),
    }),
    giveFile: async () => ({
      status: 200,
      type: 'image/png',
      headers: { 'Content-Length': String(FILE.length) },
      body: (async function* () {
        for (let at = 0; at < FILE.length; at += 50_000) yield FILE.subarray(at, at + 50_000);
      })(),
    }),
    stream: async ({ signal }: Seen) => ({ status: 200, body: stream?.(signal) }),
  };
};

/** The edge of a stub service, on a real port. */
export const openEdge = async (options: EdgeOptions = {}): Promise<Edge> => {
  let seen: Seen | undefined;
  const noted: Noted[] = [];
  const logger = options.logger ?? makeLogger({ service: 'edge', level: 'silent' });
  const application = makeApplication({
    spec,
    handlers: makeHandlers(options, (request) => (seen = request)),
    errors: { TOO_OLD: { status: 410, title: 'Too old' } },
    logger,
    security: { note: (event, note) => noted.push({ event, ...note }) },
    validateResponses: true,
  });
  const verify = makeVerifier({
    users: makeUserVerifier(
      ownIssuer(ISSUER, () =>
        options.isIssuerAway === true
          ? Promise.reject(new Error(SECRET))
          : Promise.resolve({ keys: [publicJwk(userKey)] }),
      ),
    ),
    serviceKeys: { keys: [publicJwk(cartKey), publicJwk(orderKey)] },
    audience: 'edge',
  });
  const ready = () => Promise.resolve(options.isReady?.() ?? true);
  const metrics = new Metrics('edge');
  const name = 'edge';
  const app = makeHttpApp({ name, application, verify, ready, metrics, logger, ids: systemIds });
  const { url, close } = await serve(app);
  return {
    url,
    send: makeSend(url),
    inProcess: makeInProcessService({ name, application, metrics, isReady: ready }),
    verify,
    noted,
    seen: () => {
      if (!seen) throw new Error('no handler was reached');
      return seen;
    },
    userToken: (...roles) => signForUser(userKey, { roles }),
    shortToken: (seconds) => signForUser(userKey, {}, { seconds }),
    serviceToken: (scope, changes = {}) =>
      sign(cartKey, { iss: 'service:cart', aud: 'edge', scope, ...changes }),
    close,
  };
};
