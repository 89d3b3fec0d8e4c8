import type { MethodDefinition } from '@grpc/grpc-js';
import type { Service } from '../auth/principal.ts';
import type { Policy } from '../resilience/policy.ts';
import { TimedOut, within } from '../resilience/within.ts';
import type { InProcessGrpc } from './callee.ts';
import { methodsOf, type GrpcClient } from './client.ts';
import type { Methods } from './definition.ts';
import { failureOf, problemOf } from './problem.ts';

export interface InProcessGrpcClientOptions {
  readonly proto: URL;
  /** Full name, `shop.payment.v1.PaymentCommands`. */
  readonly service: string;
  /** The calling service, named by its composition. */
  readonly caller: string;
  readonly scope: string;
  /** Evaluated per call, because services start one after another. */
  readonly callee: () => InProcessGrpc;
  /** Deadline of each try in milliseconds. */
  readonly timeoutMs: number;
  /** As in `makeGrpcClient`. */
  readonly policy: Policy;
}

/** The counterpart of `makeGrpcClient` within one process. */
export const makeInProcessGrpcClient = <M extends Methods<M>>(
  options: InProcessGrpcClientOptions,
): GrpcClient<M> => {
  const { caller: service, scope, callee, timeoutMs, policy } = options;
  const caller: Service = { kind: 'service', service, scopes: [scope], actsFor: undefined };
  const call = async (
    name: string,
    method: MethodDefinition<object, object>,
    request: object,
  ): Promise<object> => {
    try {
      return await within(timeoutMs, method.path, () => callee().call(name, method, request, caller));
    } catch (error) {
      if (error instanceof TimedOut) throw error;
      const { code, message } = problemOf(error);
      throw failureOf(method.path, { code, details: message }, timeoutMs);
    }
  };
  return methodsOf<M>(options.proto, options.service, (name, method, request) =>
    policy.execute(() => call(name, method, request)),
  );
};
