import { z } from 'zod';

export interface NamedSecret {
  readonly id: string;
  readonly secret: Buffer;
}

/** Of random characters, so that nobody guesses it. */
const SHORTEST = 32;

const ONE = `[\\w-]{1,32}:[\\w-]{${SHORTEST},}`;

/** A setting of several secrets, so that they can be exchanged: `name:secret,name:secret`, the newest first. */
export const namedSecrets = z
  .string()
  .regex(new RegExp(`^${ONE}(,${ONE})*$`), 'must be name:secret,name:secret')
  .transform((list) =>
    list.split(',').map((one): NamedSecret => {
      const [id = '', secret = ''] = one.split(':');
      return { id, secret: Buffer.from(secret) };
    }),
  );
