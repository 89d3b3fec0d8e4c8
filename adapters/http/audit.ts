import type { Request } from 'express';
import { isStaff, nameOf } from '../auth/principal.ts';
import type { SecurityLog, SecurityNote } from '../observability/security-log.ts';
import { principalOf } from './authentication.ts';
import { clientAddressOf } from './client-address.ts';

/** What an edge tells the security log. */
export interface Audit {
  /** Refused with a problem: noted where that was for who asks. */
  refused(request: Request, code: string): void;
  /** Carried out: noted where staff did it and the OpenAPI file says `x-audit`. */
  acted(request: Request, status: number): void;
}

/** What the OpenAPI middleware has recognised; nothing before it. */
interface Recognised {
  readonly schema?: { readonly operationId?: string; readonly 'x-audit'?: string };
  readonly pathParams?: Readonly<Record<string, string>>;
}

const recognised = (request: Request): Recognised =>
  (request as unknown as { openapi?: Recognised }).openapi ?? {};

export const makeAudit = (security: SecurityLog): Audit => {
  const noteOf = (request: Request, more: Readonly<Record<string, string | number>> = {}): SecurityNote => {
    const { schema, pathParams = {} } = recognised(request);
    const principal = principalOf(request);
    return {
      ...(principal.kind === 'guest' ? {} : { actor: nameOf(principal) }),
      address: clientAddressOf(request),
      operation: schema?.operationId ?? `${request.method} ${request.path}`,
      details: { ...pathParams, ...more },
    };
  };
  return {
    refused: (request, code) => {
      if (code === 'UNAUTHENTICATED') security.note('authentication_refused', noteOf(request));
      if (code === 'FORBIDDEN') security.note('access_refused', noteOf(request));
    },
    acted: (request, status) => {
      const audit = recognised(request).schema?.['x-audit'];
      if (audit !== undefined && isStaff(principalOf(request)))
        security.note('staff_act', noteOf(request, { audit, status }));
    },
  };
};
