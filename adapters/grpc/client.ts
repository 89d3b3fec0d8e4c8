import {
  Client,
  Metadata,
  type ChannelCredentials,
  type MethodDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import type { ServiceTokens } from '../auth/tokens.ts';
import { currentCause } from '../context/cause.ts';
import type { Policy } from '../resilience/policy.ts';
import { loadService, type Methods } from './definition.ts';
import { failureOf } from './problem.ts';
import { clientCredentials } from './tls.ts';

/** A service's methods as promises. They reject as a `Policy` does, or with a `GrpcProblem`. */
export type GrpcClient<M extends Methods<M>> = {
  readonly [Name in keyof M]: (request: M[Name]['request']) => Promise<M[Name]['answer']>;
} & { close(): void };

export interface GrpcClientOptions {
  readonly proto: URL;
  /** Full name, `shop.payment.v1.PaymentCommands`. */
  readonly service: string;
  /** `host:port`; resolved at each call, because it may be known only after all services have started. */
  readonly address: () => string;
  /** Sends a service token for `audience` with `scope`. */
  readonly tokens: ServiceTokens;
  readonly audience: string;
  readonly scope: string;
  /** Deadline of each attempt in milliseconds, which is sent to the callee. */
  readonly timeoutMs: number;
  /** With retries only if every method is idempotent; its timeout should not be shorter than `timeoutMs`. */
  readonly policy: Policy;
  /** Unencrypted if absent. */
  readonly credentials?: ChannelCredentials;
}

/**
 * A client of one gRPC service:
 *
 *     const payments = makeGrpcClient<PaymentCommands>({
 *       proto: PAYMENT_PROTO, service: PAYMENT_SERVICE, scope: PAYMENT_SCOPE, audience: 'payment',
 *       address: () => toolbox.addresses.of('payment.grpc'), tokens: toolbox.tokens,
 *       timeoutMs: 2_000, policy: makePolicy({ name: 'payment', timeoutMs: 2_500, retries: 2 }),
 *     });
 *     const answer = await payments.Capture({ order_id });
 *
 * One connection per address, opened at the first call.
 */
export const makeGrpcClient = <M extends Methods<M>>(options: GrpcClientOptions): GrpcClient<M> => {
  const { tokens, audience, scope, policy, timeoutMs } = options;
  const channels = makeChannels(options);

  const call = async (method: MethodDefinition<object, object>, request: object): Promise<object> => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${await tokens(audience, scope)}`);
    const cause = currentCause();
    if (cause) metadata.set('x-correlation-id', cause.correlationId);
    if (cause?.traceparent !== undefined) metadata.set('traceparent', cause.traceparent);
    return policy.execute((signal) => send(channels.open(), method, request, metadata, timeoutMs, signal));
  };

  const methods = methodsOf<M>(options.proto, options.service, (_, method, request) => call(method, request));
  return { ...methods, close: channels.close };
};

/** A function for each method of the service; `close` does nothing. */
export const methodsOf = <M extends Methods<M>>(
  proto: URL,
  service: string,
  call: (name: string, method: MethodDefinition<object, object>, request: object) => Promise<object>,
): GrpcClient<M> => {
  const methods = Object.entries<MethodDefinition<object, object>>(loadService(proto, service)).map(
    ([name, method]) => [name, (request: object) => call(name, method, request)] as const,
  );
  // The file defines the methods; a test checks that the type agrees.
  return Object.assign(Object.fromEntries(methods), { close: () => undefined }) as unknown as GrpcClient<M>;
};

/** The connections to the callee's instances. */
const makeChannels = ({ address, credentials = clientCredentials({}) }: GrpcClientOptions) => {
  const clients = new Map<string, Client>();
  return {
    open: (): Client => {
      const wanted = address();
      const client = clients.get(wanted) ?? new Client(wanted, credentials);
      clients.set(wanted, client);
      return client;
    },
    close: (): void => {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
};

const send = (
  client: Client,
  method: MethodDefinition<object, object>,
  request: object,
  metadata: Metadata,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<object> =>
  new Promise((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = method;
    const deadline = Date.now() + timeoutMs;
    const done = (error: ServiceError | null, answer?: object): void => {
      signal.removeEventListener('abort', cancel);
      if (error) reject(failureOf(path, error, timeoutMs));
      else resolve(answer ?? {});
    };
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      { deadline },
      done,
    );
    const cancel = (): void => call.cancel();
    signal.addEventListener('abort', cancel, { once: true });
  });
