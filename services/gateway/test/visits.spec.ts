import type { IncomingHttpHeaders } from 'node:http';
import type { Request, Response } from 'express';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, MINUTE } from '#kernel/clock.ts';
import { forEachTest } from '#test/kit/each-test.ts';
import type { Answered } from '#test/kit/http.ts';
import { START } from '#test/kit/start.ts';
import { makeSeal } from '../session/seal.ts';
import { Visits } from '../session/visits.ts';
import { openGateway } from './stub.ts';

const OTHER_VISIT = '0190a000-0000-7000-8000-000000000001';

describe('a visit', () => {
  const seal = makeSeal([{ id: 'one', secret: Buffer.alloc(32, 1) }]);
  let clock: ManualClock;
  let visits: Visits;
  /** What the browser has. */
  let cookie: string | undefined;

  beforeEach(() => {
    clock = new ManualClock(START);
    visits = new Visits(seal, clock);
    cookie = undefined;
  });

  const report = (user?: string, headers: IncomingHttpHeaders = {}): Promise<string> => {
    const response = {
      cookie: (name: string, value: string) => {
        cookie = `${name}=${value}`;
      },
    };
    return visits.continue(
      { secure: false, headers } as Request,
      response as unknown as Response,
      cookie,
      user,
    );
  };

  it('goes on for as long as something is reported every half hour, within a day', async () => {
    const first = await report();
    for (let minutes = 0; minutes < 24 * 60; minutes += 29) {
      expect(await report()).toBe(first);
      clock.advance(29 * MINUTE);
    }
    expect(await report()).not.toBe(first);
  });

  it('is over after half an hour of nothing', async () => {
    const first = await report();
    clock.advance(30 * MINUTE);
    expect(await report()).not.toBe(first);
  });

  it('goes on at a login, and is over at a logout or the login of another user', async () => {
    const first = await report();
    expect(await report('u-1')).toBe(first);
    const second = await report();
    expect(second).not.toBe(first);
    await report('u-1');
    expect(await report('u-2')).not.toBe(second);
  });

  it('cannot be chosen, nor sealed for something else', async () => {
    const value = { id: OTHER_VISIT, began: START.getTime(), seen: START.getTime() };
    for (const planted of [OTHER_VISIT, await seal.sealValue('login', value, 60)]) {
      cookie = `visit=${planted}`;
      expect(await report()).not.toBe(OTHER_VISIT);
    }
  });

  it('does not go on for a page elsewhere, which neither uses nor changes the cookie', async () => {
    const first = await report();
    const kept = cookie;
    expect(await report(undefined, { 'sec-fetch-site': 'cross-site' })).not.toBe(first);
    expect(cookie).toBe(kept);
  });
});

describe('a report of behaviour', () => {
  const gateway = forEachTest(() => openGateway());
  const report = (headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
    gateway.send('POST', '/api/v1/behaviour', { headers, body: { facts: [] } });
  const visitOf = (index: number): unknown => gateway.received[index]?.headers['visit-session'];

  it('says to which visit it belongs, whatever the client says, by a cookie that no script can read', async () => {
    const first = await report({ 'visit-session': OTHER_VISIT });
    const [cookie = ''] = first.headers.getSetCookie();
    expect(cookie).toMatch(/^visit=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(String(visitOf(0)));
    await report({ cookie: cookie.split(';')[0] ?? '' });
    await report();
    expect(visitOf(0)).toMatch(/^[0-9a-f-]{36}$/);
    expect(visitOf(0)).not.toBe(OTHER_VISIT);
    expect(visitOf(1)).toBe(visitOf(0));
    expect(visitOf(2)).not.toBe(visitOf(0));
    expect(gateway.received[1]?.headers).not.toHaveProperty('cookie');
  });

  it('alone says so: no other request brings a visit, or gets the cookie', async () => {
    const { headers } = await gateway.send('GET', '/api/v1/cart', {
      headers: { 'visit-session': OTHER_VISIT },
    });
    expect(headers.getSetCookie()).toEqual([]);
    expect(visitOf(0)).toBeUndefined();
  });
});
