import { request } from 'undici';

/** Reads an answer and forgets it; anything but 200 fails the bench. */
export const read = async (url: string, token?: string): Promise<void> => {
  const { statusCode, body } = await request(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  await body.dump();
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
};

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers parsed JSON; anything but a 2xx fails the bench. */
export const call = async <Body>(
  method: 'GET' | 'POST',
  url: string,
  { token, body, headers }: CallOptions = {},
): Promise<Body> => {
  const answer = await request(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${text}`);
  return JSON.parse(text) as Body;
};
