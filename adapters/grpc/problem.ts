import { status } from '@grpc/grpc-js';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isUnavailable } from '../postgres/sql.ts';
import { Overloaded } from '../resilience/bulkhead.ts';
import { Contended, Outage, TimedOut } from '../resilience/policy.ts';

/** A call that failed, with its gRPC status code. */
export class GrpcProblem extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.name = 'GrpcProblem';
    this.code = code;
  }
}

/** The gRPC status for a thrown error; unexpected errors reveal no details. */
export const problemOf = (error: unknown): GrpcProblem => {
  if (error instanceof GrpcProblem) return error;
  if (error instanceof VersionConflict)
    return new GrpcProblem(status.ABORTED, 'The resource was changed at the same time; try again.');
  if (error instanceof Overloaded)
    return new GrpcProblem(status.RESOURCE_EXHAUSTED, 'There is too much to do; try again later.');
  if (isUnavailable(error)) return new GrpcProblem(status.UNAVAILABLE, 'The store is away; try again.');
  return new GrpcProblem(status.INTERNAL, 'It is logged at the callee.');
};

const OUTAGES: readonly status[] = [status.UNAVAILABLE, status.INTERNAL, status.UNKNOWN];

/** The error of a failed call for its caller: one that policies distinguish, or a permanent `GrpcProblem`. */
export const failureOf = (
  method: string,
  error: { readonly code: status; readonly details: string },
  timeoutMs: number,
): Error => {
  const what = `${method}: ${status[error.code]} ${error.details}`;
  if (error.code === status.DEADLINE_EXCEEDED) return new TimedOut(method, timeoutMs);
  if (error.code === status.RESOURCE_EXHAUSTED) return new Overloaded(method, { cause: error });
  if (error.code === status.ABORTED) return new Contended(what, { cause: error });
  if (OUTAGES.includes(error.code)) return new Outage(what, { cause: error });
  return new GrpcProblem(error.code, `${method}: ${error.details}`);
};
