import { describe, expect, it } from 'vitest';
import { forEachTest } from '#test/kit/each-test.ts';
import { ID, openEdge, THING } from './edge.ts';

const edge = forEachTest(() => openEdge());

const GATEWAY = { 'x-forwarded-for': '203.0.113.7' };
const put = (token?: string, name: unknown = 'a') =>
  edge.send('PUT', THING, {
    ...(token === undefined ? {} : { token }),
    body: { name },
    headers: GATEWAY,
  });

describe('the security log contains', () => {
  it('audited actions of staff, with user, address and object', async () => {
    await put(await edge.userToken('catalog_manager'));
    expect(edge.noted).toEqual([
      {
        event: 'staff_act',
        actor: 'user:u-1',
        address: '203.0.113.7',
        operation: 'editThing',
        details: { id: ID, audit: 'catalogue', status: 200 },
      },
    ]);
  });

  it('callers refused for a missing role', async () => {
    await put(await edge.userToken('customer'));
    expect(edge.noted).toEqual([
      { event: 'access_refused', actor: 'user:u-1', address: '203.0.113.7', operation: expect.any(String), details: expect.anything() },
    ]); // prettier-ignore
  });

  it('callers refused without a token or with an invalid one', async () => {
    await put();
    await put('nonsense');
    expect(edge.noted).toMatchObject([
      { event: 'authentication_refused', address: '203.0.113.7' },
      { event: 'authentication_refused', address: '203.0.113.7' },
    ]);
  });

  it('no other refusals, and no public operations', async () => {
    await put(await edge.userToken('catalog_manager'), '');
    await edge.send('POST', '/things', {
      token: await edge.userToken('catalog_manager'),
      body: { name: 'a' },
    });
    await edge.send('GET', '/refused');
    expect(edge.noted).toEqual([]);
  });
});

describe('the act of a request contains', () => {
  const edit = async (role: string, headers = {}) => {
    await edge.send('PUT', THING, { token: await edge.userToken(role), body: { name: 'a' }, headers });
    return edge.seen().act;
  };

  it('the operation, its caller and the reason', async () => {
    const act = { operation: 'editThing', category: 'catalogue', actorId: 'u-1' };
    expect(await edit('catalog_manager')).toEqual(act);
    const because = (reason: string) => edit('catalog_manager', { 'audit-reason': reason });
    expect(await because(' The maker asked ')).toEqual({ ...act, reason: 'The maker asked' });
    expect(await because('F%C3%BCr%20alle%00%0A')).toEqual({ ...act, reason: 'Für alle' });
    expect(await because('%20')).toEqual(act);
    expect(await because('100 % wool')).toEqual({ ...act, reason: '100 % wool' });
  });

  it('nothing for an operation without x-audit', async () => {
    const token = await edge.userToken('catalog_manager');
    await edge.send('POST', '/things', { token, body: { name: 'a' }, headers: { 'audit-reason': 'why' } });
    expect(edge.seen().act).toBeUndefined();
  });
});

describe('the client’s address', () => {
  const address = async (headers: Readonly<Record<string, string>>): Promise<string> => {
    await edge.send('GET', THING, { headers });
    return edge.seen().address;
  };

  it('is the one reported by the gateway', async () => {
    expect(await address(GATEWAY)).toBe('203.0.113.7');
    expect(await address({ 'x-forwarded-for': '2001:db8::1' })).toBe('2001:db8::1');
  });

  it('is the connecting peer if the header is missing or not an address', async () => {
    expect(await address({})).toBe('127.0.0.1');
    expect(await address({ 'x-forwarded-for': 'localhost; drop' })).toBe('127.0.0.1');
    expect(await address({ 'x-forwarded-for': '203.0.113.7, 203.0.113.8' })).toBe('127.0.0.1');
  });
});
