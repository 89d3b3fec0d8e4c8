import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JWTPayload, type JWTVerifyResult } from 'jose';
import { z } from 'zod';
import { Outage } from '../resilience/policy.ts';
import { isRole } from './principal.ts';
import {
  ALGORITHMS,
  checkedOnce,
  CLOCK_SKEW_S,
  expiryOf,
  makeSigner,
  type KeySource,
  type PrivateJwk,
  type TokenVerifier,
  type Verified,
} from './tokens.ts';

/** `aud` of the shop's own access tokens. */
export const SHOP_AUDIENCE = 'shop';
/** `typ` of an access token (RFC 9068). */
const ACCESS_TOKEN = 'at+jwt';

/** An issuer of user tokens, and the location of its keys. */
export interface Issuer {
  /** `iss` of its tokens. */
  readonly issuer: string;
  readonly keys: KeySource;
  /** Must be among the token's `aud`: tokens for other applications are refused. */
  readonly audience: string;
  /**
   * Required type of the token, so that no ID token or other JWT of the same issuer is accepted as an access token: its
   * claim `typ` if present (Keycloak's `Bearer`), or else the header's (`at+jwt`, RFC 9068).
   */
  readonly type: string;
  /** True for the shop itself: its subjects are user ids. Subjects of others are converted by `userIdOf`. */
  readonly isOwn: boolean;
  /** Path to the roles in its tokens: Keycloak's is `realm_access.roles`. */
  readonly rolesClaim: string;
}

/** The user service, as an issuer. */
export const ownIssuer = (issuer: string, keys: KeySource): Issuer => ({
  issuer,
  keys,
  audience: SHOP_AUDIENCE,
  type: ACCESS_TOKEN,
  isOwn: true,
  rolesClaim: 'roles',
});

/**
 * The id of an external issuer's user, for any form of `subject`: a UUID of version 8
 * (RFC 9562) derived from both, so that every service computes the same id without a call, and no issuer can name a user of
 * another.
 */
export const userIdOf = (issuer: string, subject: string): string => {
  const bytes = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Claims of the shop's own access tokens. */
export interface UserClaims {
  /** The user id. */
  readonly sub: string;
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** The session for which it was issued. */
  readonly sid?: string;
  /** How the user proved who they are (RFC 8176). */
  readonly amr?: readonly string[];
}

/**
 * Signs the shop's own access tokens. `iat` has milliseconds (a NumericDate may), to distinguish tokens issued just before a
 * password change from those issued just after it. `auth_time` is `provenAgoMs` before it: how long ago the user proved who they are.
 */
export const makeUserSigner = async (key: PrivateJwk, issuer: string) => {
  const sign = await makeSigner(key, ACCESS_TOKEN);
  return (claims: UserClaims, lifetimeS: number, provenAgoMs = 0): Promise<string> => {
    const now = Date.now();
    const times = { iat: now / 1_000, auth_time: Math.floor((now - provenAgoMs) / 1_000) };
    return sign({ ...claims, iss: issuer, aud: SHOP_AUDIENCE, ...times }, lifetimeS);
  };
};

export type UserSigner = Awaited<ReturnType<typeof makeUserSigner>>;

/** Verifies users' access tokens with the keys of their issuers; services in one process can share it. */
export const makeUserVerifier = (...issuers: readonly Issuer[]): TokenVerifier => {
  const checks = new Map(issuers.map((one) => [one.issuer, tokensOf(one)]));
  return checkedOnce(async (token) => {
    const check = checks.get(decodeJwt(token).iss ?? '');
    if (!check) throw new Error('the issuer of the token is unknown');
    return check(token);
  });
};

const userClaims = z.object({
  sub: z.string().min(1),
  email: z.string(),
  name: z.string().default(''),
  iat: z.number().default(0),
  sid: z.string().optional(),
  auth_time: z.number().optional(),
  amr: z.array(z.string()).default([]),
  typ: z.string().optional(),
});

const tokensOf = ({ issuer, keys, audience, type, isOwn, rolesClaim }: Issuer) => {
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_SKEW_S,
  };
  let known: ReturnType<typeof createLocalJWKSet> | undefined;
  let fetchedAt = 0;

  const fetchKeys = async () => {
    const found = await keys().catch((cause: unknown) => {
      throw new Outage(`${issuer} does not answer`, { cause });
    });
    return createLocalJWKSet(found);
  };
  const verify = async (token: string): Promise<JWTVerifyResult> => {
    known ??= await fetchKeys();
    try {
      return await jwtVerify(token, known, options);
    } catch (error) {
      // The issuer may have a new key. Fetched at most every ten seconds, so that forged tokens cannot cause load.
      const noKey = error instanceof Error && 'code' in error && error.code === 'ERR_JWKS_NO_MATCHING_KEY';
      if (!noKey || Date.now() - fetchedAt < 10_000) throw error;
      fetchedAt = Date.now();
      known = await fetchKeys();
      return jwtVerify(token, known, options);
    }
  };

  return async (token: string): Promise<Verified> => {
    const { payload, protectedHeader } = await verify(token);
    const { sub, email, name, iat, sid, auth_time: provenS, amr, typ = protectedHeader.typ } = userClaims.parse(payload); // prettier-ignore
    if (!isSameType(typ, type)) throw new Error(`not an access token: its type is ${typ ?? 'missing'}`);
    const expiresAt = expiryOf(payload);
    return {
      expiresAt,
      principal: {
        kind: 'user',
        userId: isOwn ? sub : userIdOf(issuer, sub),
        email,
        name,
        roles: rolesIn(payload, rolesClaim).filter(isRole),
        expiresAt,
        issuedAt: iat * 1_000,
        sessionId: isOwn ? sid : undefined, // of others it names a session that we do not have
        provenAt: provenS === undefined ? undefined : provenS * 1_000,
        methods: amr,
      },
    };
  };
};

/** Media types are case-insensitive, and `application/` may be omitted (RFC 7515). */
const isSameType = (found: string | undefined, wanted: string): boolean => {
  const plain = (type: string): string => type.toLowerCase().replace(/^application\//, '');
  return found !== undefined && plain(found) === plain(wanted);
};

/** Empty if the path does not lead to a list. */
const rolesIn = (payload: JWTPayload, path: string): readonly string[] => {
  const found = path
    .split('.')
    .reduce<unknown>((part, key) => z.record(z.string(), z.unknown()).safeParse(part).data?.[key], payload);
  return z.array(z.string()).safeParse(found).data ?? [];
};
