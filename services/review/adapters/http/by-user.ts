import type { Principal, User } from '#adapters/auth/principal.ts';
import { refuse, type Err, type Refusal } from '#kernel/result.ts';

/** The user who calls: reviews are written by people. */
export const byUser = async <T>(
  principal: Principal,
  handle: (user: User) => Promise<T>,
): Promise<T | Err<Refusal<'FORBIDDEN'>>> =>
  principal.kind === 'user' ? handle(principal) : refuse('FORBIDDEN', 'Only people write reviews.');
