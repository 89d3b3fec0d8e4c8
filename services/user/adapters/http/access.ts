import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

type Forbidden = Refusal<'FORBIDDEN'>;

const FORBIDDEN = refuse('FORBIDDEN', 'This belongs to another user.');

/** Asked before anything is looked up, so that nobody learns which users there are. */
export const mayChange = (principal: Principal, userId: string): Result<undefined, Forbidden> =>
  isUser(principal, userId) ? ok(undefined) : FORBIDDEN;

export const mayRead = (principal: Principal, userId: string): Result<undefined, Forbidden> =>
  isUser(principal, userId) || hasRole(principal, 'admin') ? ok(undefined) : FORBIDDEN;
