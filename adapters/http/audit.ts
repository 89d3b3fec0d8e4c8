import type { Request } from 'express';
import { isStaff, nameOf } from '../auth/principal.ts';
import type { SecurityLog, SecurityNote } from '../observability/security-log.ts';
import { principalOf } from './authentication.ts';
import { clientAddressOf } from './client-address.ts';
import { findMatch } from './recognition.ts';

/** What an edge tells the security log. */
export interface Audit {
  /** Refused with a problem: noted where that was for who asks. */
  refused(request: Request, code: string): void;
  /** Carried out: noted where staff did it and the OpenAPI file says `x-audit`. */
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
