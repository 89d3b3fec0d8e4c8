import { ok, type Result } from '#kernel/result.ts';
import type { FactorProof, NotProvenFactor, ProveFactor } from './challenges.ts';
import type { Grant } from './grant.ts';
import type { OpenSession } from './open-session.ts';

/** Completes a login with a second factor. */
export const makeProveSecondFactor =
  (proveFactor: ProveFactor, openSession: OpenSession) =>
  async (proof: FactorProof): Promise<Result<Grant, NotProvenFactor>> => {
    const proven = await proveFactor('login', proof);
    if (!proven.ok) return proven;
    const { challenge, ...login } = proven.value;
    return ok(await openSession({ ...login, device: challenge.device }));
  };
