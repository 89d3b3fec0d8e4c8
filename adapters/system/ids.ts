import { randomFillSync } from 'node:crypto';
import { uuidv7, type Ids } from '#kernel/ids.ts';

const BYTES_PER_ID = 10;
const POOL = Buffer.alloc(BYTES_PER_ID * 256);
let offset = POOL.length;

/** Ten random bytes, drawn in blocks because each draw is a system call. */
const randomBytes = (): Uint8Array => {
  if (offset >= POOL.length) {
    randomFillSync(POOL);
    offset = 0;
  }
  const bytes = POOL.subarray(offset, offset + BYTES_PER_ID);
  offset += BYTES_PER_ID;
  return bytes;
};

export const systemIds: Ids = { next: () => uuidv7(Date.now(), randomBytes()) };
