import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import { ok, refuse, type Refusal, type Result } from '#kernel/result.ts';

type Forbidden = Refusal<'FORBIDDEN'>;

const FORBIDDEN = refuse('FORBIDDEN', 'This belongs to another user.');

/** Checked before any lookup, so that callers cannot find out which users exist. */
export const mayChange = (principal: Principal, userId: string): Result<undefined, Forbidden> =>
  isUser(principal, userId) ? ok(undefined) : FORBIDDEN;

export const mayRead = (principal: Principal, userId: string): Result<undefined, Forbidden> =>
  isUser(principal, userId) || hasRole(principal, 'admin') ? ok(undefined) : FORBIDDEN;
