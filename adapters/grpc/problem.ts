import { status } from '@grpc/grpc-js';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { isUnavailable } from '../postgres/sql.ts';
import { Outage } from '../resilience/policy.ts';

/** A call that failed, with its gRPC status code. */
export class GrpcProblem extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.name = 'GrpcProblem';
    this.code = code;
  }
}

/** What a thrown error becomes for the caller; anything unforeseen says nothing of its inside. */
export const problemOf = (error: unknown): GrpcProblem => {
  if (error instanceof GrpcProblem) return error;
  if (error instanceof VersionConflict)
    return new GrpcProblem(status.ABORTED, 'It was changed at the same time; try again.');
  if (isUnavailable(error)) return new GrpcProblem(status.UNAVAILABLE, 'The store is away; try again.');
  return new GrpcProblem(status.INTERNAL, 'It is logged at the callee.');
};

const OUTAGES: readonly status[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.ABORTED,
  status.RESOURCE_EXHAUSTED,
  status.INTERNAL,
  status.UNKNOWN,
];

/** How a caller sees a failed call: an `Outage` may be tried again, a `GrpcProblem` will stay one. */
export const failureOf = (
  method: string,
  error: { readonly code: status; readonly details: string },
): Error =>
  OUTAGES.includes(error.code)
    ? new Outage(`${method}: ${status[error.code]} ${error.details}`, { cause: error })
    : new GrpcProblem(error.code, `${method}: ${error.details}`);
