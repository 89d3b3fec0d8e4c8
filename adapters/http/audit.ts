import { isStaff, nameOf, type Principal } from '../auth/principal.ts';
import type { StaffAct } from '../context/act.ts';
import type { SecurityLog, SecurityNote } from '../observability/security-log.ts';
import type { Endpoint } from './endpoint.ts';
import type { Asked } from './exchange.ts';
import type { Match } from './router.ts';
import type { Checked } from './validation.ts';

/** A request as far as it is known: operation, principal and address. */
export interface Act {
  readonly method: string;
  readonly path: string;
  /** Undefined if the request matches no operation. */
  readonly match: Match<Endpoint> | undefined;
  readonly principal: Principal;
  readonly address: string;
}

/** The security events of an application. */
export interface Audit {
  /** A refusal; logged if the caller was the reason (401, 403). */
  refused(act: Act, code: string): void;
  /** A completed operation; logged if staff did it and the OpenAPI file has `x-audit`. */
  acted(act: Act, status: number): void;
}

export const makeAudit = (security: SecurityLog): Audit => {
  const noteOf = (act: Act, more: Readonly<Record<string, string | number>> = {}): SecurityNote => ({
    ...(act.principal.kind === 'guest' ? {} : { actor: nameOf(act.principal) }),
    address: act.address,
    operation: act.match?.route.operation.operationId ?? `${act.method} ${act.path}`,
    details: { ...act.match?.params, ...more },
  });
  return {
    refused: (act, code) => {
      if (code === 'UNAUTHENTICATED') security.note('authentication_refused', noteOf(act));
      if (code === 'FORBIDDEN') security.note('access_refused', noteOf(act));
    },
    acted: (act, status) => {
      const audit = act.match?.route.operation['x-audit'];
      if (audit !== undefined && isStaff(act.principal))
        security.note('staff_act', noteOf(act, { audit, status }));
    },
  };
};

/** Characters. */
const LONGEST_REASON = 500;

/** The act of staff that a request is, unless it is none: the caller is no staff, or the operation has no `x-audit`. */
export const staffActOf = (
  { match, principal, headers }: Asked,
  { body }: Pick<Checked, 'body'>,
): StaffAct | undefined => {
  const { operationId: operation, 'x-audit': category } = match.route.operation;
  if (category === undefined || principal.kind !== 'user' || !isStaff(principal)) return undefined;
  return { operation, category, actorId: principal.userId, reason: reasonOf(headers, body) };
};

/** The header `Audit-Reason`, or else what the body gives as its `reason`. */
const reasonOf = (headers: Asked['headers'], body: unknown): string | undefined => {
  const given = headers['audit-reason'];
  const inBody = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : undefined;
  const reason = typeof given === 'string' ? decoded(given) : inBody;
  if (typeof reason !== 'string') return undefined;
  const text = reason
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON)
    .toWellFormed();
  return text === '' ? undefined : text;
};

/** Headers are ASCII, so other characters are percent-encoded; a lone percent sign means itself. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
