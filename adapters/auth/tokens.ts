import { hash } from 'node:crypto';
import {
  createLocalJWKSet,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTPayload,
  type JSONWebKeySet,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Principal } from './principal.ts';

export const ALGORITHMS = ['EdDSA', 'RS256'];
export const CLOCK_SKEW_S = 5;
const SERVICE_TOKEN_S = 60;
/** Maximum lifetime of a service token, whatever it claims. */
const OLDEST_SERVICE_TOKEN_S = 5 * 60;
/** A cached service token is replaced this long before it expires. */
const RENEW_BEFORE_S = 15;

export type PrivateJwk = JWK & { readonly kid: string };

/** A new Ed25519 key; `publicJwk` returns its public half. */
export const generateKey = async (kid: string): Promise<PrivateJwk> => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'EdDSA', use: 'sig' };
};

export const publicJwk = ({ d: _secret, ...jwk }: JWK): JWK => jwk;

/** Signs JWTs with one key; `iat` is now unless the claims contain it. */
export const makeSigner = async (key: PrivateJwk, typ = 'JWT') => {
  const imported = await importJWK(key, 'EdDSA');
  return (claims: Record<string, unknown>, lifetimeS: number): Promise<string> =>
    new SignJWT({ iat: Math.floor(Date.now() / 1_000), ...claims })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ })
      .setExpirationTime(`${lifetimeS}s`)
      .sign(imported);
};

export type Signer = Awaited<ReturnType<typeof makeSigner>>;

const serviceClaims = z.object({
  iss: z.string().startsWith('service:'),
  scope: z.string().default(''),
  act_for: z.guid().optional(),
  iat: z.number(),
  exp: z.number(),
});

/** Returns the public keys of an issuer; called again if a token names an unknown key. */
export type KeySource = () => Promise<JSONWebKeySet>;

export interface VerifierOptions {
  readonly users: TokenVerifier;
  /** Public keys of the platform's services; `kid` is the service's name. */
  readonly serviceKeys: JSONWebKeySet;
  /** This service: the required audience of service tokens. */
  readonly audience: string;
}

export interface Verified {
  readonly principal: Principal;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Throws if the token is forged, expired or for another audience; an `Outage` if its issuer cannot be reached. */
export type TokenVerifier = (token: string) => Promise<Principal>;

/** Caches principals by the hash of their token until it expires, so that a token is decoded and verified once. */
export const checkedOnce = (check: (token: string) => Promise<Verified>): TokenVerifier => {
  const verified = new LRUCache<string, Verified>({ max: 20_000 });
  return async (token) => {
    const name = hash('sha256', token, 'base64url');
    const known = verified.get(name);
    if (known && known.expiresAt > Date.now()) return known.principal;
    const found = await check(token);
    verified.set(name, found);
    return found.principal;
  };
};

export const expiryOf = ({ exp = 0 }: JWTPayload): number => exp * 1_000;

/** Verifies users' tokens, and service tokens for this service. */
export const makeVerifier = ({ users, serviceKeys, audience }: VerifierOptions): TokenVerifier => {
  const keys = createLocalJWKSet(serviceKeys);
  const service = async (token: string): Promise<Verified> => {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      audience,
      algorithms: ['EdDSA'],
      requiredClaims: ['exp'],
      maxTokenAge: OLDEST_SERVICE_TOKEN_S, // also refuses tokens from the future
      clockTolerance: CLOCK_SKEW_S,
    });
    const { iss, scope, act_for, iat, exp } = serviceClaims.parse(payload);
    if (exp - iat > OLDEST_SERVICE_TOKEN_S) throw new Error('the service token is valid for too long');
    const name = iss.slice('service:'.length);
    if (protectedHeader.kid !== name) throw new Error('a service may sign only its own tokens');
    return {
      principal: { kind: 'service', service: name, scopes: scope.split(' '), actsFor: act_for },
      expiresAt: expiryOf(payload),
    };
  };
  const user = async (token: string): Promise<Verified> => {
    const principal = await users(token);
    return { principal, expiresAt: principal.kind === 'user' ? (principal.expiresAt ?? 0) : 0 };
  };
  return checkedOnce(async (token) => (isServiceToken(token) ? service(token) : user(token))); // also rejects malformed tokens
};

/** The type that the token claims; its signature is verified afterwards. */
const isServiceToken = (token: string): boolean => decodeJwt(token).iss?.startsWith('service:') === true;

/** A token of `service` for a callee, valid for a minute and reused while it is. */
export type ServiceTokens = (audience: string, scope: string, actsFor?: string) => Promise<string>;

export const makeServiceTokens = (service: string, sign: Signer): ServiceTokens => {
  const tokens = new LRUCache<string, { readonly token: string; readonly renewAt: number }>({ max: 10_000 });
  return async (audience, scope, actsFor) => {
    const name = `${audience} ${scope} ${actsFor ?? ''}`;
    const known = tokens.get(name);
    if (known && known.renewAt > Date.now()) return known.token;
    const claims = {
      iss: `service:${service}`,
      aud: audience,
      scope,
      ...(actsFor ? { act_for: actsFor } : {}),
    };
    const renewAt = Date.now() + (SERVICE_TOKEN_S - RENEW_BEFORE_S) * 1_000;
    const token = await sign(claims, SERVICE_TOKEN_S);
    tokens.set(name, { token, renewAt });
    return token;
  };
};
