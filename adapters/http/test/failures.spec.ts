import { describe, expect, it } from 'vitest';
import { StoreUnavailable } from '#adapters/messaging/stores.ts';
import { Overloaded } from '#adapters/resilience/bulkhead.ts';
import { CircuitOpen, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { VersionConflict } from '#kernel/unit-of-work.ts';
import { forAllTests } from '#test/kit/each-test.ts';
import { keptLog } from '#test/kit/log.ts';
import { openEdge, SECRET } from './edge.ts';

const THROWN: Readonly<Record<string, () => Error>> = {
  bug: () => new TypeError(SECRET),
  conflict: () => new VersionConflict('thing'),
  outage: () => new Outage(SECRET),
  open: () => new CircuitOpen(SECRET),
  slow: () => new TimedOut(SECRET, 5),
  busy: () => new Overloaded(SECRET),
  store: () => new StoreUnavailable(SECRET),
  database: () => Object.assign(new Error(SECRET), { code: '57P01' }),
  teapot: () => Object.assign(new Error(SECRET), { status: 418 }),
};

const log = keptLog();
const edge = forAllTests(() => openEdge({ thrown: THROWN, logger: log.logger }));

describe('a failure', () => {
  it.each([
    ['bug', 500, 'INTERNAL'],
    ['teapot', 500, 'INTERNAL'],
    ['conflict', 409, 'CONFLICT'],
    ['outage', 503, 'UNAVAILABLE'],
    ['open', 503, 'UNAVAILABLE'],
    ['slow', 503, 'UNAVAILABLE'],
    ['busy', 503, 'OVERLOADED'],
    ['store', 503, 'UNAVAILABLE'],
    ['database', 503, 'UNAVAILABLE'],
  ])('gets a response without internals: %s', async (what, status, code) => {
    const answer = await edge.send('GET', `/thrown/${what}`);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(JSON.stringify(answer.body)).not.toMatch(/password|[.]ts:\d|node_modules/);
  });

  it('is logged, without query, headers and body of the request', async () => {
    const secret = 'ada%40example.com';
    const before = log.lines.length;
    const headers = { 'x-cart-token': secret, cookie: secret };
    expect((await edge.send('GET', `/thrown/bug?email=${secret}`, { headers })).status).toBe(500);
    const lines = log.lines.slice(before);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { method: 'GET', path: '/thrown/bug' },
    ]);
    expect(decodeURIComponent(lines.join(''))).not.toContain('ada@example.com');
  });

  it.each(['outage', 'open', 'slow', 'busy', 'store'])('tells the client when to retry: %s', async (what) => {
    const { headers } = await edge.send('GET', `/thrown/${what}`);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is a refusal if the handler refuses, with the status of its catalogue', async () => {
    expect(await edge.send('GET', '/refused')).toMatchObject({
      status: 410,
      body: {
        type: 'urn:problem:too-old',
        title: 'Too old',
        status: 410,
        detail: 'It is too old.',
        instance: '/refused',
        code: 'TOO_OLD',
      },
    });
  });

  it('is a code that the catalogue does not contain', async () => {
    expect(await edge.send('GET', '/undocumented')).toMatchObject({
      status: 500,
      body: { code: 'INTERNAL' },
    });
  });

  it.each(['/wrong', '/wrong-text'])('is a response that violates the OpenAPI file: %s', async (path) => {
    const answer = await edge.send('GET', path);
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
  });
});
