import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { WebhookSecrets } from '../../core/ports/webhooks.ts';

const CIPHER = 'aes-256-gcm';
const SECRET_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** Of Standard Webhooks. */
const PREFIX = 'whsec_';

/**
 * Secrets encrypted with a key of the service (AES-256-GCM), each for its endpoint only. Without that key they are lost, and have to be
 * rotated.
 * @param key 256 bits
 */
export const sealedSecrets = (key: Buffer): WebhookSecrets => ({
  make: (endpointId) => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(endpointId),
    );
    const encrypted = Buffer.concat([cipher.update(randomBytes(SECRET_BYTES)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64url');
  },
  open: (endpointId, sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(endpointId))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const secret = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return PREFIX + secret.toString('base64');
  },
});
