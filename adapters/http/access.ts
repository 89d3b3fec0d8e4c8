import { refuse, type Refusal } from '#kernel/result.ts';
import { hasRole, isRole, type Principal } from '../auth/principal.ts';
import type { Endpoint } from './endpoint.ts';

export interface Denied extends Refusal<'UNAUTHENTICATED' | 'FORBIDDEN' | 'STEP_UP_REQUIRED'> {
  /** Of the response. */
  readonly headers?: Record<string, string>;
}

type Called = Pick<Endpoint, 'operation'>;

/**
 * Why a caller may not use an operation, according to its OpenAPI file; undefined if it may. In `security`, `bearer: []` is any
 * user, `bearer: [a, b]` a user with one of the roles, `service: [a]` a service that has the scope and is in `x-consumers`.
 * With `x-step-up`, a user must also have proved recently who they are.
 */
export const deniedTo = (endpoint: Called, principal: Principal): Denied | undefined => {
  const { security = [] } = endpoint.operation;
  if (security.length === 0) return undefined;
  const verdicts = security.map((requirement) =>
    Object.entries(requirement)
      .map(([scheme, names]) => (SCHEMES[scheme] ?? unknown)(principal, names, endpoint))
      .find((denied) => denied !== undefined),
  );
  if (verdicts.includes(undefined)) return tooLongAgo(endpoint, principal);
  return verdicts.find((denied) => denied?.code === 'FORBIDDEN') ?? verdicts[0];
};

const NEEDS_TOKEN = refuse('UNAUTHENTICATED', 'An access token is required.').error;
const forbidden = (detail: string): Denied => refuse('FORBIDDEN', detail).error;

/** Named as in RFC 9470, where the status would be 401, after which clients only renew their token. */
const tooLongAgo = ({ operation }: Called, principal: Principal): Denied | undefined => {
  const maxAgeS = operation['x-step-up'];
  if (maxAgeS === undefined || principal.kind !== 'user') return undefined;
  if (Date.now() - (principal.provenAt ?? 0) <= maxAgeS * 1_000) return undefined;
  return {
    code: 'STEP_UP_REQUIRED',
    detail: `This needs a login or step-up within the last ${maxAgeS} seconds.`,
    headers: {
      'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${maxAgeS}"`,
    },
  };
};

type Scheme = (principal: Principal, names: readonly string[], endpoint: Called) => Denied | undefined;

const bearer: Scheme = (principal, roles) => {
  if (principal.kind !== 'user') return NEEDS_TOKEN;
  if (roles.length === 0 || hasRole(principal, ...roles.filter(isRole))) return undefined;
  return forbidden(`Requires one of the roles ${roles.join(', ')}.`);
};

const service: Scheme = (principal, scopes, { operation }) => {
  if (principal.kind === 'guest') return NEEDS_TOKEN;
  if (principal.kind !== 'service' || !scopes.every((scope) => principal.scopes.includes(scope)))
    return forbidden('Only another service may call this operation.');
  if (operation['x-consumers']?.includes(principal.service) !== true)
    return forbidden(`${principal.service} is not a consumer of this operation.`);
  if (principal.actsFor !== undefined && operation['x-acts-for-user'] !== true)
    return forbidden('This operation cannot be called on behalf of a user.');
  return undefined;
};

const unknown: Scheme = () => forbidden('This operation has no authorised callers.');

const SCHEMES: Readonly<Record<string, Scheme>> = { bearer, service };
