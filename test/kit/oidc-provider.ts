import { createHash, randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Issuer } from '#adapters/auth/user-tokens.ts';
import { serve } from './http.ts';

/** What the provider says at the next login in place of what is right. */
interface Lies {
  /** Parameters of its response; empty ones are left out. */
  readonly response?: Readonly<Record<string, string>>;
  /** Claims of the ID token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `aud` of the access token. */
  readonly audience?: string;
  /** Another user. */
  readonly subject?: string;
}

interface Code {
  readonly challenge: string;
  readonly redirectUri: string;
  readonly nonce: string;
}

export const CLIENT = { id: 'gateway', secret: 'a-secret-of-the-gateway' };

const SUBJECT = '7c0a51b4-subject';
const LASTING_S = 300;

/** Both are encoded as in a form (RFC 6749). */
const isAuthentic = (authorization = ''): boolean => {
  const pair = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
  return decodeURIComponent(pair) === `${CLIENT.id}:${CLIENT.secret}`;
};

const nowS = (): number => Math.floor(Date.now() / 1_000);

/**
 * An OIDC provider whose user logs in at once, until the end of the test or file: code flow with PKCE, rotated refresh tokens,
 * revocation and logout.
 * @param lifetimeS of its access tokens
 * @param roles of its user
 */
export const openOidcProvider = async (
  lifetimeS = LASTING_S,
  roles: readonly string[] = ['order_manager'],
) => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] };
  const codes = new Map<string, Code>();
  const refreshTokens = new Set<string>();
  const exchanges: URLSearchParams[] = [];
  let lies: Lies = {};
  let authTimeS = nowS();
  let isDown = false;

  const sign = (claims: object): Promise<string> =>
    new SignJWT({ iss: url, sub: lies.subject ?? SUBJECT, iat: nowS(), exp: nowS() + lifetimeS, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .sign(privateKey);

  const grant = async (nonce?: string): Promise<object> => {
    const refresh = randomUUID();
    refreshTokens.add(refresh);
    const who = { email: 'olga@example.com', name: 'Olga Order', auth_time: authTimeS };
    const access = { ...who, aud: lies.audience ?? 'shop', typ: 'Bearer', jti: randomUUID(), realm_access: { roles } }; // prettier-ignore
    const id = { ...who, aud: CLIENT.id, ...(nonce === undefined ? {} : { nonce }), ...lies.claims };
    return {
      ...{ token_type: 'Bearer', expires_in: lifetimeS, refresh_token: refresh },
      ...{ access_token: await sign(access), id_token: await sign(id) },
    };
  };

  const exchange = async (form: URLSearchParams): Promise<object | undefined> => {
    if (form.get('grant_type') === 'refresh_token')
      return refreshTokens.delete(form.get('refresh_token') ?? '') ? grant() : undefined;
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const proof = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url'); // prettier-ignore
    const isRight = code?.challenge === proof && code.redirectUri === form.get('redirect_uri');
    return isRight ? grant(code.nonce) : undefined;
  };

  const { url } = await serve((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://provider');
    const json = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const isClient = isAuthentic(request.headers.authorization);
    const answer = async (): Promise<void> => {
      if (isDown) response.destroy();
      else if (pathname === '/.well-known/openid-configuration')
        json(200, {
          issuer: url,
          authorization_endpoint: `${url}/auth`,
          token_endpoint: `${url}/token`,
          revocation_endpoint: `${url}/revoke`,
          end_session_endpoint: `${url}/logout`,
          jwks_uri: `${url}/jwks`,
          authorization_response_iss_parameter_supported: true,
        });
      else if (pathname === '/jwks') json(200, keys);
      else if (pathname === '/auth') {
        const code = randomUUID();
        const [challenge = '', redirectUri = '', nonce = '', state = ''] = ['code_challenge', 'redirect_uri', 'nonce', 'state'].map((name) => query.get(name) ?? ''); // prettier-ignore
        if (query.has('max_age')) authTimeS = nowS();
        codes.set(code, { challenge, redirectUri, nonce });
        const back = new URL(redirectUri);
        for (const [name, value] of Object.entries({ code, state, iss: url, ...lies.response }))
          if (value !== '') back.searchParams.set(name, value);
        response.writeHead(303, { location: back.href }).end();
      } else if (pathname === '/logout')
        response.writeHead(303, { location: query.get('post_logout_redirect_uri') ?? '/' }).end();
      else if (!isClient) json(401, { error: 'invalid_client' });
      else {
        const form = new URLSearchParams(await text(request));
        exchanges.push(form);
        if (pathname === '/revoke') {
          refreshTokens.delete(form.get('token') ?? '');
          response.writeHead(200).end();
          return;
        }
        const granted = await exchange(form);
        json(granted ? 200 : 400, granted ?? { error: 'invalid_grant' });
      }
    };
    void answer();
  });

  const issuer: Issuer = {
    ...{ issuer: url, audience: 'shop', type: 'Bearer', isOwn: false, rolesClaim: 'realm_access.roles' },
    keys: () => Promise.resolve(keys),
  };
  return {
    url,
    issuer,
    subject: SUBJECT,
    /** The forms that its token and revocation endpoints received. */
    exchanges,
    refreshTokens,
    lie: (next: Lies): void => {
      lies = next;
    },
    /** The user has logged in there so long ago, in seconds. */
    age: (seconds: number): void => {
      authTimeS = nowS() - seconds;
    },
    goDown: (): void => {
      isDown = true;
    },
  };
};
