import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../core/ports/tokens.ts';

const BYTES = 32;

/** A plain digest is enough for 256 random bits: there is nothing to guess. */
export const randomSecrets: Secrets = {
  next: () => randomBytes(BYTES).toString('base64url'),
  digest: (secret) => createHash('sha256').update(secret).digest('base64url'),
};
