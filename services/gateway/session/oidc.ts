import * as oauth from 'oauth4webapi';
import { Outage } from '#adapters/resilience/policy.ts';
import { err, ok, type Result } from '#kernel/result.ts';
import type { Grant } from './grant.ts';

export interface OidcOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** Of each request to the provider, milliseconds. */
  readonly timeoutMs: number;
}

/** What must come back from the provider unchanged, and what only this browser knows. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly redirectUri: string;
  /** How long ago, in seconds, the user may have logged in there; any time if absent. */
  readonly maxAgeS?: number | undefined;
}

export interface OidcGrant extends Grant {
  /** Names the session at the provider, to end it. */
  readonly idToken: string;
}

export interface Oidc {
  /** @returns the address to which the browser goes, and what to remember until it comes back */
  begin(
    redirectUri: string,
    maxAgeS: number | undefined,
  ): Promise<{ readonly location: string; readonly pending: PendingLogin }>;
  /** Exchanges the code, after checking that the response belongs to the login that this browser began. */
  finish(callback: URL, pending: PendingLogin): Promise<Result<OidcGrant, RefusedLogin>>;
  /** Undefined if the provider has ended the session. */
  renew(refreshToken: string): Promise<Grant | undefined>;
  /** Best effort: the tokens expire anyway. */
  revoke(refreshToken: string): Promise<void>;
  /** The address at which the session at the provider ends; undefined if it has none. */
  endAddress(idToken: string | undefined, returnTo: string): Promise<string | undefined>;
}

/** Why a login failed, for the log: what the provider or an attacker says is not for the page. */
export interface RefusedLogin {
  readonly reason: string;
}

/** The provider refused, or its response is not one to this login. */
const isRefusal = (error: unknown): boolean =>
  error instanceof oauth.AuthorizationResponseError ||
  error instanceof oauth.ResponseBodyError ||
  error instanceof oauth.OperationProcessingError ||
  error instanceof oauth.UnsupportedOperationError ||
  error instanceof oauth.WWWAuthenticateChallengeError;

/**
 * The authorisation code flow with PKCE at an OIDC provider, of which the gateway is a confidential client. Every operation but `revoke`
 * throws an `Outage` if the provider does not respond.
 */
export const makeOidc = (options: OidcOptions): Oidc => {
  const { issuer, clientId, clientSecret, scope, timeoutMs } = options;
  const client: oauth.Client = { client_id: clientId };
  const proof = oauth.ClientSecretBasic(clientSecret);
  // Only a provider on the same machine, as in development, is reached without TLS.
  const http = {
    // oxlint-disable-next-line typescript/no-deprecated -- marked so that it stands out
    [oauth.allowInsecureRequests]: new URL(issuer).protocol === 'http:',
    signal: () => AbortSignal.timeout(timeoutMs),
  };
  let known: Promise<oauth.AuthorizationServer> | undefined;
  const discover = async (): Promise<oauth.AuthorizationServer> => {
    const url = new URL(issuer);
    return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, http));
  };
  const provider = (): Promise<oauth.AuthorizationServer> =>
    (known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    }));
  const asking = async <T>(
    work: (server: oauth.AuthorizationServer) => Promise<T>,
  ): Promise<Result<T, RefusedLogin>> => {
    try {
      return ok(await work(await provider()));
    } catch (error) {
      if (!isRefusal(error)) throw new Outage(`${issuer} does not respond`, { cause: error });
      return err({ reason: error instanceof Error ? error.message : 'refused' });
    }
  };
  const grantOf = ({
    access_token,
    refresh_token = '',
    expires_in = 0,
  }: oauth.TokenEndpointResponse): Grant => ({
    access_token,
    refresh_token,
    expires_in,
  });

  return {
    begin: async (redirectUri, maxAgeS) => {
      const begun = await asking(async ({ authorization_endpoint: endpoint }) => {
        if (endpoint === undefined) throw new Error(`${issuer} has no authorization_endpoint`);
        const verifier = oauth.generateRandomCodeVerifier();
        const pending = { state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce(), verifier, redirectUri, maxAgeS }; // prettier-ignore
        const location = new URL(endpoint);
        const query = {
          ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope },
          ...{ state: pending.state, nonce: pending.nonce },
          code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          ...(maxAgeS === undefined ? {} : { max_age: String(maxAgeS) }),
        };
        for (const [name, value] of Object.entries(query)) location.searchParams.set(name, value);
        return { location: location.href, pending };
      });
      if (!begun.ok) throw new Outage(begun.error.reason);
      return begun.value;
    },
    finish: (callback, { state, nonce, verifier, redirectUri, maxAgeS }) =>
      asking(async (server) => {
        const checked = oauth.validateAuthResponse(server, client, callback, state);
        const response = await oauth.authorizationCodeGrantRequest(server, client, proof, checked, redirectUri, verifier, http); // prettier-ignore
        const expected = { expectedNonce: nonce, requireIdToken: true, ...(maxAgeS === undefined ? {} : { maxAge: maxAgeS }) }; // prettier-ignore
        const granted = await oauth.processAuthorizationCodeResponse(server, client, response, expected);
        await oauth.validateApplicationLevelSignature(server, response, http);
        return { ...grantOf(granted), idToken: granted.id_token ?? '' };
      }),
    renew: async (refreshToken) => {
      const renewed = await asking(async (server) => {
        const response = await oauth.refreshTokenGrantRequest(server, client, proof, refreshToken, http);
        return oauth.processRefreshTokenResponse(server, client, response);
      });
      if (!renewed.ok) return undefined;
      const grant = grantOf(renewed.value);
      return grant.refresh_token === '' ? { ...grant, refresh_token: refreshToken } : grant;
    },
    revoke: async (refreshToken) => {
      const revoke = async (server: oauth.AuthorizationServer): Promise<void> => {
        if (server.revocation_endpoint === undefined) return;
        await oauth.processRevocationResponse(
          await oauth.revocationRequest(server, client, proof, refreshToken, http),
        );
      };
      await asking(revoke).catch(() => undefined);
    },
    endAddress: async (idToken, returnTo) => {
      const { end_session_endpoint: endpoint } = await provider();
      if (endpoint === undefined) return undefined;
      const address = new URL(endpoint);
      address.searchParams.set('client_id', clientId);
      address.searchParams.set('post_logout_redirect_uri', returnTo);
      if (idToken !== undefined) address.searchParams.set('id_token_hint', idToken);
      return address.href;
    },
  };
};
