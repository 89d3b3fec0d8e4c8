import { createHash } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { z } from 'zod';
import type { NamedSecret } from '#adapters/auth/named-secrets.ts';
import type { Client } from './clients.ts';

/** The tokens of a signed-in user. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  /** When the access token expires, seconds since the epoch. */
  readonly expiresAt: number;
  /** Whether they are those of the OIDC provider, which renews and ends the session. */
  readonly isOfProvider?: boolean | undefined;
}

/** What the gateway keeps for a browser. */
export interface Session {
  /** Absent for guests. */
  readonly tokens?: Tokens | undefined;
  /** A guest's cart, with the token that grants access to it. */
  readonly cart?: { readonly id: string; readonly token: string } | undefined;
  /** Tokens of orders that were placed or opened in this browser without an account, newest first. */
  readonly orders?: readonly string[] | undefined;
}

/** Whether nothing is kept. */
export const isEmpty = ({ tokens, cart, orders = [] }: Session): boolean =>
  tokens === undefined && cart === undefined && orders.length === 0;

const Payload = z.object({
  tokens: z
    .object({
      access: z.string(),
      refresh: z.string(),
      expiresAt: z.number(),
      isOfProvider: z.boolean().optional(),
    })
    .optional(),
  cart: z.object({ id: z.string(), token: z.string() }).optional(),
  orders: z.array(z.string()).optional(),
});

export interface Seal {
  seal(client: Client, session: Session): Promise<string>;
  /** Undefined if it was not sealed for this client, or with a key that is gone. */
  open(client: Client, sealed: string): Promise<Session | undefined>;
  /** Seals something else than a session. */
  sealValue(audience: string, value: object, lifetimeS: number): Promise<string>;
  /** Undefined if it was not sealed for this audience, or has expired. */
  openValue(audience: string, sealed: string): Promise<unknown>;
}

/** A256GCM takes 32 bytes. */
const keyOf = ({ secret }: NamedSecret): Buffer => createHash('sha256').update(secret).digest();

/**
 * Encrypts sessions as a JWE (`dir`, `A256GCM`). The first key seals, and all of them open, so that keys can be exchanged without
 * ending a session.
 */
export const makeSeal = (keys: readonly NamedSecret[]): Seal => {
  const [newest] = keys;
  if (!newest) throw new Error('there is no key to seal sessions with');
  const byId = new Map(keys.map((key) => [key.id, keyOf(key)]));
  const encrypt = (audience: string, value: object, lifetimeS?: number): Promise<string> => {
    const token = new EncryptJWT({ ...value })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.id })
      .setAudience(audience);
    if (lifetimeS !== undefined) token.setExpirationTime(`${lifetimeS}s`);
    return token.encrypt(keyOf(newest));
  };
  const decrypt = async (audience: string, sealed: string): Promise<unknown> => {
    try {
      const { payload } = await jwtDecrypt(
        sealed,
        ({ kid = '' }) => byId.get(kid) ?? Promise.reject(new errors.JWKSNoMatchingKey()),
        { audience, keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
      );
      return payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  };
  return {
    seal: (client, session) => encrypt(client, session),
    open: async (client, sealed) => Payload.safeParse(await decrypt(client, sealed)).data,
    sealValue: encrypt,
    openValue: decrypt,
  };
};
