import {
  Server,
  status,
  type ServerCredentials,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
  type sendUnaryData,
} from '@grpc/grpc-js';
import type { TokenVerifier } from '../auth/tokens.ts';
import { makeGrpcCallee, type GrpcCallee, type GrpcCalleeOptions } from './callee.ts';
import { loadService, type Methods } from './definition.ts';
import { addHealth } from './health.ts';
import { GrpcProblem, problemOf } from './problem.ts';

export interface GrpcServerOptions<M extends Methods<M>> extends GrpcCalleeOptions<M> {
  readonly proto: URL;
  readonly service: string;
  /** Every call must carry `authorization: Bearer <service token>`. */
  readonly verify: TokenVerifier;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  readonly credentials: ServerCredentials;
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
  const methods = implementationOf(options.handlers, makeGrpcCallee(options), options.verify);
  server.addService(loadService(options.proto, options.service), methods);
  addHealth(server, [options.service]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${options.host}:${options.port}`, options.credentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { port, close: () => close(server) };
};

const implementationOf = (
  handlers: object,
  callee: GrpcCallee,
  verify: TokenVerifier,
): UntypedServiceImplementation =>
  Object.fromEntries(
    Object.keys(handlers).map((name) => [
      name,
      (call: ServerUnaryCall<object, object>, respond: sendUnaryData<object>) => {
        answer(name, call, callee, verify).then(
          (value) => respond(null, value),
          (error: unknown) => {
            const { code, message } = problemOf(error);
            respond({ code, details: message });
          },
        );
      },
    ]),
  );

const answer = async (
  name: string,
  call: ServerUnaryCall<object, object>,
  callee: GrpcCallee,
  verify: TokenVerifier,
): Promise<object> => {
  const token = textOf(call, 'authorization', /^Bearer [\w.-]+$/i)?.slice('Bearer '.length);
  const caller = callee.admit(token === undefined ? undefined : await verify(token).catch(() => undefined));
  // The caller has given up and will retry, so the call is not started.
  if (call.cancelled || Number(call.getDeadline()) <= Date.now())
    throw new GrpcProblem(status.DEADLINE_EXCEEDED, 'The deadline has passed.');
  return callee.call(name, call.request, caller, {
    correlationId: textOf(call, 'x-correlation-id', /^[\w:-]{1,120}$/),
    traceparent: textOf(call, 'traceparent', /^[\da-f-]{1,80}$/),
  });
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
