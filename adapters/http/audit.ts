import type { Request } from 'express';
import { isStaff, nameOf } from '../auth/principal.ts';
import type { SecurityLog, SecurityNote } from '../observability/security-log.ts';
import { principalOf } from './authentication.ts';
import { clientAddressOf } from './client-address.ts';
import { findMatch } from './recognition.ts';

/** The security events of an HTTP edge. */
export interface Audit {
  /** A refusal; logged if the caller was the reason (401, 403). */
  refused(request: Request, code: string): void;
  /** A completed operation; logged if staff did it and the OpenAPI file has `x-audit`. */
  acted(request: Request, status: number): void;
}

export const makeAudit = (security: SecurityLog): Audit => {
  const noteOf = (request: Request, more: Readonly<Record<string, string | number>> = {}): SecurityNote => {
    const match = findMatch(request);
    const principal = principalOf(request);
    return {
      ...(principal.kind === 'guest' ? {} : { actor: nameOf(principal) }),
      address: clientAddressOf(request),
      operation: match?.route.operation.operationId ?? `${request.method} ${request.path}`,
      details: { ...match?.params, ...more },
    };
  };
  return {
    refused: (request, code) => {
      if (code === 'UNAUTHENTICATED') security.note('authentication_refused', noteOf(request));
      if (code === 'FORBIDDEN') security.note('access_refused', noteOf(request));
    },
    acted: (request, status) => {
      const audit = findMatch(request)?.route.operation['x-audit'];
      if (audit !== undefined && isStaff(principalOf(request)))
        security.note('staff_act', noteOf(request, { audit, status }));
    },
  };
};
