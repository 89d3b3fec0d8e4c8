import { beforeAll, describe, expect, it } from 'vitest';
import { serve } from '#test/kit/http.ts';
import { fetchedKeys, parseKeys } from './jwks.ts';
import { generateKey, publicJwk } from './tokens.ts';

describe('the keys of an issuer', () => {
  let answer: { readonly status: number; readonly body: unknown };
  let url: string;
  beforeAll(async () => {
    ({ url } = await serve((_request, response) => {
      response.writeHead(answer.status).end(JSON.stringify(answer.body));
    }));
  });

  it('are those currently served', async () => {
    const keys = [publicJwk(await generateKey('one'))];
    answer = { status: 200, body: { keys } };
    expect(await fetchedKeys(() => url)()).toEqual({ keys });
  });

  it.each([
    [500, { keys: [] }],
    [200, { error: 'what?' }],
    [200, { keys: [{ kty: 'OKP' }] }],
  ])('cannot be read from a response %d %j', async (status, body) => {
    answer = { status, body };
    await expect(fetchedKeys(() => url)()).rejects.toThrow();
  });

  it('cannot be a string', () => {
    expect(() => parseKeys('keys')).toThrow();
  });
});
