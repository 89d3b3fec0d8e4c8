import { refuse, ok, type Refusal, type Result } from '#kernel/result.ts';
import { GUEST, type Principal } from '../auth/principal.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { Outage } from '../resilience/policy.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * The principal, by the `Authorization` header. Public operations ignore the header: otherwise a client that always sends its
 * token could not renew an expired one. Throws an `Outage` if the issuer's keys cannot be loaded, because that is no refusal.
 */
export const callerOf = async (
  verify: TokenVerifier,
  { access }: Pick<Endpoint, 'access'>,
  authorization: string | undefined,
): Promise<Result<Principal, Refusal<'UNAUTHENTICATED'>>> => {
  if (access === 'everybody' || authorization === undefined) return ok(GUEST);
  const token = /^Bearer (?<token>[\w.-]+)$/i.exec(authorization)?.groups?.['token'];
  if (token === undefined)
    return refuse('UNAUTHENTICATED', 'The Authorization header contains no bearer token.');
  try {
    return ok(await verify(token));
  } catch (error) {
    if (error instanceof Outage) throw error;
    return refuse('UNAUTHENTICATED', 'The access token is not valid or has expired.');
  }
};
