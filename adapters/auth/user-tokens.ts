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

/** `aud` of the access tokens that the shop issues itself. */
export const SHOP_AUDIENCE = 'shop';
/** `typ` of an access token (RFC 9068). */
const ACCESS_TOKEN = 'at+jwt';

/** Who issues tokens to users, and where its keys are. */
export interface Issuer {
  /** `iss` of its tokens. */
  readonly issuer: string;
  readonly keys: KeySource;
  /** Must be among the token's `aud`: a token for another application is none for us. */
  readonly audience: string;
  /**
   * Must be the token's type, so that no ID token or other JWT of the same issuer passes for an access token: its
   * claim `typ` where it has one (Keycloak's `Bearer`), else the header's (`at+jwt`, RFC 9068).
   */
  readonly type: string;
  /** True for the shop's own: its subjects are user ids. Those of others become ids by `userIdOf`. */
  readonly isOwn: boolean;
  /** Where its tokens list the roles, as a path: Keycloak's is `realm_access.roles`. */
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
 * The id of a user that another issuer knows as `subject`, whatever a subject looks like there: a UUID of version 8
 * (RFC 9562) made of both, so that every service arrives at the same id without asking, and no issuer can name a user of
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

/** What an access token of ours says of its user. */
export interface UserClaims {
  /** The user id. */
  readonly sub: string;
  readonly email: string;
  readonly name?: string;
  readonly roles: readonly string[];
  /** The session that it was issued in. */
  readonly sid?: string;
}

/**
 * Signs the shop's own access tokens. `iat` has milliseconds (a NumericDate may): what was issued just before a new
 * password is told from what was issued just after it.
 */
export const makeUserSigner = async (key: PrivateJwk, issuer: string) => {
  const sign = await makeSigner(key, ACCESS_TOKEN);
  return (claims: UserClaims, lifetimeS: number): Promise<string> =>
    sign({ ...claims, iss: issuer, aud: SHOP_AUDIENCE, iat: Date.now() / 1_000 }, lifetimeS);
};

export type UserSigner = Awaited<ReturnType<typeof makeUserSigner>>;

/** Checks users' access tokens, each by the issuer that it names; services in one process can share it. */
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
  let askedAt = 0;

  const ask = async () => {
    const found = await keys().catch((cause: unknown) => {
      throw new Outage(`${issuer} does not answer`, { cause });
    });
    return createLocalJWKSet(found);
  };
  const verify = async (token: string): Promise<JWTVerifyResult> => {
    known ??= await ask();
    try {
      return await jwtVerify(token, known, options);
    } catch (error) {
      // The issuer may have a new key; asked at most every ten seconds, so that forgers can't make us ask.
      const noKey = error instanceof Error && 'code' in error && error.code === 'ERR_JWKS_NO_MATCHING_KEY';
      if (!noKey || Date.now() - askedAt < 10_000) throw error;
      askedAt = Date.now();
      known = await ask();
      return jwtVerify(token, known, options);
    }
  };

  return async (token: string): Promise<Verified> => {
    const { payload, protectedHeader } = await verify(token);
    const { sub, email, name, iat, sid, typ = protectedHeader.typ } = userClaims.parse(payload);
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
        sessionId: sid,
      },
    };
  };
};

/** Media types are compared without case, and `application/` may be left out (RFC 7515). */
const isSameType = (found: string | undefined, wanted: string): boolean => {
  const plain = (type: string): string => type.toLowerCase().replace(/^application\//, '');
  return found !== undefined && plain(found) === plain(wanted);
};

/** None where the path leads to no list. */
const rolesIn = (payload: JWTPayload, path: string): readonly string[] => {
  const found = path
    .split('.')
    .reduce<unknown>((part, key) => z.record(z.string(), z.unknown()).safeParse(part).data?.[key], payload);
  return z.array(z.string()).safeParse(found).data ?? [];
};
