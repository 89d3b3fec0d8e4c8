import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A page that Keycloak registers for the client `storefront`. */
const PAGE = 'http://localhost:8080/';

const Tokens = z.object({ access_token: z.string() });

/** Fills in Keycloak's page for logins, and returns the address to which it sends the browser then. */
export const submittedTo = async (page: string, username: string, password: string): Promise<string> => {
  const form = await fetch(page);
  const [, action = ''] = /action="([^"]+)"/.exec(await form.text()) ?? [];
  const login = await fetch(action.replaceAll('&amp;', '&'), {
    method: 'POST',
    redirect: 'manual',
    headers: {
      cookie: form.headers
        .getSetCookie()
        .map((cookie) => cookie.split(';')[0])
        .join('; '),
    },
    body: new URLSearchParams({ username, password }),
  });
  return login.headers.get('location') ?? '';
};

/** Logs in at the pages of Keycloak, as the browser of a person does, and returns the access token of the code that it gets. */
export const loggedInAtKeycloak = async (
  issuer: string,
  username: string,
  password: string,
): Promise<string> => {
  const endpoint = `${issuer}/protocol/openid-connect`;
  const client = { client_id: 'storefront', redirect_uri: PAGE };
  const verifier = randomBytes(48).toString('base64url');
  const query = new URLSearchParams({
    ...client,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const back = await submittedTo(`${endpoint}/auth?${query.toString()}`, username, password);
  const code = new URL(back).searchParams.get('code') ?? '';
  const granted = await fetch(`${endpoint}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...client,
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
    }),
  });
  return Tokens.parse(await granted.json()).access_token;
};
