import { describe, expect, it } from 'vitest';
import type { EventPayloads } from '#kernel/events.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import { eventAbout } from '#test/kit/events.ts';
import { openGateway } from './stub.ts';

const gateway = forEachTest(() => openGateway({ GATEWAY_STREAM_CHECK_MS: '10' }));

const SESSION = '0190a000-0000-7000-8000-00000000000a';
const OTHER = '0190a000-0000-7000-8000-00000000000b';
const USER = '0190a000-0000-7000-8000-00000000000c';
const tokenOf = (session: string): Promise<string> => gateway.userToken(session, USER);

/** The event of the user service that ends access. */
const announce = async (changes: Partial<EventPayloads['user.access_revoked']>): Promise<void> => {
  const now = Date.now();
  const lasting = {
    revoked_before: new Date(now).toISOString(),
    expired_by: new Date(now + 300_000).toISOString(),
  };
  await gateway.bus.publish([eventAbout(USER, 'user.access_revoked', { ...lasting, ...changes })]);
  await gateway.bus.caughtUp('gateway.revocations');
};
const ask = async (token: string): Promise<number> =>
  (await gateway.send('POST', '/api/v1/products', { token, body: {} })).status;

describe('an access token', () => {
  it('of an ended session is refused, and the refusal is logged', async () => {
    const [token, other] = [await tokenOf(SESSION), await tokenOf(OTHER)];
    expect(await ask(token)).toBe(200);
    await announce({ session_id: SESSION });
    const answer = await gateway.send('POST', '/api/v1/products', {
      ...{ token, body: {} },
      headers: { 'x-correlation-id': 'story-1' },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(gateway.received).toHaveLength(1);
    expect(await ask(other)).toBe(200);
    expect(gateway.noted).toEqual([
      {
        event: 'revoked_token_used',
        actor: `user:${USER}`,
        address: expect.stringContaining('127.0.0.1'),
        operation: 'create',
        correlationId: 'story-1',
        details: {},
      },
    ]);
  });

  it('from before a new password is refused; a later one and that of the kept session are not', async () => {
    const [token, kept] = [await tokenOf(OTHER), await tokenOf(SESSION)];
    await announce({ kept_session_id: SESSION });
    expect(await ask(token)).toBe(401);
    expect(await ask(kept)).toBe(200);
    expect(await ask(await tokenOf(OTHER))).toBe(200);
  });

  it('that is invalid is logged with the address of the client', async () => {
    expect(await ask('nonsense')).toBe(401);
    expect(gateway.noted).toMatchObject([{ event: 'authentication_refused', operation: 'create' }]);
  });

  it('without the required role is logged with its user', async () => {
    const token = await tokenOf(SESSION);
    expect((await gateway.send('POST', '/api/v1/staff', { token, body: {} })).status).toBe(403);
    expect(gateway.noted).toMatchObject([
      { event: 'access_refused', actor: `user:${USER}`, operation: 'staffOnly' },
    ]);
  });

  describe('that is revoked ends', () => {
    const open = async (type: string) => {
      const left = Promise.withResolvers<undefined>();
      gateway.answer((_, response) => {
        response.once('close', () => left.resolve(undefined));
        response.writeHead(200, { 'content-type': type });
        response.write('data: 1\n\n');
      });
      const headers = { authorization: `Bearer ${await tokenOf(SESSION)}` };
      const response = await fetch(`${gateway.url}/api/v1/orders/${OTHER}/events`, { headers });
      return { text: response.text(), left: left.promise };
    };

    it('an open stream of events, as if the service had ended it', async () => {
      const { text, left } = await open('text/event-stream');
      await announce({ session_id: SESSION });
      expect(await text).toBe('data: 1\n\n');
      await left;
    });

    it('a download, which its client does not take for complete', async () => {
      const { text, left } = await open('text/csv');
      const failed = expect(text).rejects.toThrow();
      await announce({ session_id: SESSION });
      await failed;
      await left;
    });
  });
});
