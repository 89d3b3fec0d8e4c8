import type { MethodDefinition } from '@grpc/grpc-js';
import { status } from '@grpc/grpc-js';
import type { Ids } from '#kernel/ids.ts';
import type { Principal, Service } from '../auth/principal.ts';
import { currentCause, runBecauseOf } from '../context/cause.ts';
import type { Logger } from '../observability/logger.ts';
import type { Methods } from './definition.ts';
import { GrpcProblem, problemOf } from './problem.ts';

/** A handler for each method of a service. Business refusals are responses; `GrpcProblem`s are thrown. */
export type GrpcHandlers<M extends Methods<M>> = {
  readonly [Name in keyof M]: (request: M[Name]['request'], caller: Service) => Promise<M[Name]['answer']>;
};

export interface GrpcCalleeOptions<M extends Methods<M>> {
  readonly handlers: GrpcHandlers<M>;
  /** Every caller must claim this scope. */
  readonly scope: string;
  /** The services that may call. */
  readonly consumers: readonly string[];
  readonly ids: Ids;
  readonly logger: Logger;
}

/** The trace of a call; a new one if absent. */
export interface CallTrace {
  readonly correlationId: string | undefined;
  readonly traceparent: string | undefined;
}

/** The methods of a gRPC service behind their access check, for every transport. */
export interface GrpcCallee {
  /** Returns the caller if it may call. @throws GrpcProblem */
  admit(caller: Principal | undefined): Service;
  /** Rejects with a `GrpcProblem` that reveals no details. */
  call(name: string, request: object, caller: Service, trace: CallTrace): Promise<object>;
}

export const makeGrpcCallee = <M extends Methods<M>>(options: GrpcCalleeOptions<M>): GrpcCallee => {
  const { scope, consumers, ids, logger } = options;
  const handlers = new Map(
    Object.entries<(request: object, caller: Service) => Promise<object>>(options.handlers),
  );
  return {
    admit: (caller) => {
      if (!caller) throw new GrpcProblem(status.UNAUTHENTICATED, 'A valid service token is required.');
      if (caller.kind !== 'service' || !caller.scopes.includes(scope))
        throw new GrpcProblem(status.PERMISSION_DENIED, `Requires the scope ${scope}.`);
      if (!consumers.includes(caller.service))
        throw new GrpcProblem(
          status.PERMISSION_DENIED,
          `${caller.service} is not a consumer of this service.`,
        );
      if (caller.actsFor !== undefined)
        throw new GrpcProblem(
          status.PERMISSION_DENIED,
          'This operation cannot be called on behalf of a user.',
        );
      return caller;
    },
    call: async (name, request, caller, trace) => {
      const correlationId = trace.correlationId ?? ids.next();
      const { traceparent } = trace;
      const cause = { correlationId, causationId: correlationId };
      try {
        return await runBecauseOf(traceparent === undefined ? cause : { ...cause, traceparent }, async () => {
          const handle = handlers.get(name);
          if (!handle) throw new GrpcProblem(status.UNIMPLEMENTED, `There is no ${name}.`);
          return handle(request, caller);
        });
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === status.INTERNAL) logger.error({ err: error, method: name }, 'gRPC call failed');
        throw problem;
      }
    },
  };
};

/** A gRPC service in this process, called without a socket. */
export interface InProcessGrpc {
  /**
   * Rejects with a `GrpcProblem`, `UNAVAILABLE` once it has stopped. Messages are encoded and decoded as on a wire: nothing
   * passes that the `.proto` file does not define, and no object is shared.
   */
  call(
    name: string,
    method: MethodDefinition<object, object>,
    request: object,
    caller: Service,
  ): Promise<object>;
  stop(): void;
}

export const makeInProcessGrpc = (callee: GrpcCallee): InProcessGrpc => {
  let isOpen = true;
  return {
    call: async (name, method, request, caller) => {
      if (!isOpen) throw new GrpcProblem(status.UNAVAILABLE, 'The service has stopped.');
      const cause = currentCause();
      const trace = { correlationId: cause?.correlationId, traceparent: cause?.traceparent };
      const decoded = method.requestDeserialize(method.requestSerialize(request));
      const answer = await callee.call(name, decoded, callee.admit(caller), trace);
      return method.responseDeserialize(method.responseSerialize(answer));
    },
    stop: () => {
      isOpen = false;
    },
  };
};
