import {
  Server,
  status,
  type ServerCredentials,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
  type sendUnaryData,
} from '@grpc/grpc-js';
import type { Ids } from '#kernel/ids.ts';
import type { Service } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { runBecauseOf } from '../context/cause.ts';
import type { Logger } from '../observability/logger.ts';
import { loadService, type Methods } from './definition.ts';
import { addHealth } from './health.ts';
import { GrpcProblem, problemOf } from './problem.ts';

/** The methods of a service. Refusals are part of the response; `GrpcProblem`s are thrown. */
export type GrpcHandlers<M extends Methods<M>> = {
  readonly [Name in keyof M]: (request: M[Name]['request'], caller: Service) => Promise<M[Name]['answer']>;
};

export interface GrpcServerOptions<M extends Methods<M>> {
  readonly proto: URL;
  readonly service: string;
  readonly handlers: GrpcHandlers<M>;
  /** Every call must carry `authorization: Bearer <service token>` with this scope. */
  readonly scope: string;
  /** The services that may call. */
  readonly consumers: readonly string[];
  readonly verify: TokenVerifier;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly credentials: ServerCredentials;
  readonly ids: Ids;
  readonly logger: Logger;
}

export interface GrpcServer {
  readonly port: number;
  /** Accepts no new calls and waits for current ones, at most ten seconds. */
  close(): Promise<void>;
}

const GRACE_MS = 10_000;

/** A gRPC server of one service, with the standard health service. */
export const openGrpcServer = async <M extends Methods<M>>(
  options: GrpcServerOptions<M>,
): Promise<GrpcServer> => {
  const server = new Server();
  server.addService(loadService(options.proto, options.service), implementationOf(options));
  addHealth(server, [options.service]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${options.host}:${options.port}`, options.credentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { port, close: () => close(server) };
};

const implementationOf = <M extends Methods<M>>(
  options: GrpcServerOptions<M>,
): UntypedServiceImplementation =>
  Object.fromEntries(
    Object.entries<(request: object, caller: Service) => Promise<object>>(options.handlers).map(
      ([name, handle]) => [
        name,
        (call: ServerUnaryCall<object, object>, respond: sendUnaryData<object>) => {
          answer(call, handle, options).then(
            (value) => respond(null, value),
            (error: unknown) => {
              const problem = problemOf(error);
              if (problem.code === status.INTERNAL)
                options.logger.error({ err: error, method: name }, 'gRPC call failed');
              respond({ code: problem.code, details: problem.message });
            },
          );
        },
      ],
    ),
  );

type Guards = Pick<GrpcServerOptions<never>, 'verify' | 'scope' | 'consumers' | 'ids'>;

const answer = async (
  call: ServerUnaryCall<object, object>,
  handle: (request: object, caller: Service) => Promise<object>,
  { ids, ...guards }: Guards,
): Promise<object> => {
  const caller = await callerOf(call, guards);
  // The caller has given up and will retry, so the call is not started.
  if (call.cancelled || Number(call.getDeadline()) <= Date.now())
    throw new GrpcProblem(status.DEADLINE_EXCEEDED, 'The deadline has passed.');
  const correlationId = textOf(call, 'x-correlation-id', /^[\w:-]{1,120}$/) ?? ids.next();
  const traceparent = textOf(call, 'traceparent', /^[\da-f-]{1,80}$/);
  const cause = {
    correlationId,
    causationId: correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
  return runBecauseOf(cause, () => handle(call.request, caller));
};

const callerOf = async (
  call: ServerUnaryCall<object, object>,
  { verify, scope, consumers }: Omit<Guards, 'ids'>,
): Promise<Service> => {
  const token = textOf(call, 'authorization', /^Bearer [\w.-]+$/i)?.slice('Bearer '.length);
  const caller = token === undefined ? undefined : await verify(token).catch(() => undefined);
  if (!caller) throw new GrpcProblem(status.UNAUTHENTICATED, 'A valid service token is needed.');
  if (caller.kind !== 'service' || !caller.scopes.includes(scope))
    throw new GrpcProblem(status.PERMISSION_DENIED, `Needs the scope ${scope}.`);
  if (!consumers.includes(caller.service))
    throw new GrpcProblem(status.PERMISSION_DENIED, `${caller.service} is no consumer of this service.`);
  if (caller.actsFor !== undefined)
    throw new GrpcProblem(status.PERMISSION_DENIED, 'This operation cannot be called on behalf of a user.');
  return caller;
};

const textOf = (call: ServerUnaryCall<object, object>, name: string, format: RegExp): string | undefined => {
  const [value] = call.metadata.get(name);
  return typeof value === 'string' && format.test(value) ? value : undefined;
};

const close = async (server: Server): Promise<void> => {
  const timer = setTimeout(() => {
    server.forceShutdown();
  }, GRACE_MS);
  await new Promise<void>((resolve) => {
    server.tryShutdown(() => resolve());
  });
  clearTimeout(timer);
};
