import { createHash } from 'node:crypto';

/** Identifies a request: a digest of method, path and body. */
export const fingerprint = (method: string, path: string, body: unknown): string =>
  createHash('sha256')
    .update(`${method} ${path}\n`)
    .update(body instanceof Uint8Array ? body : body === undefined ? '' : JSON.stringify(body))
    .digest('base64url');
