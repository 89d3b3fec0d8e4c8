import type { Clock } from '../src/clock.ts';
import type { Fetch } from '../src/retries.ts';

export interface Seen {
  readonly call: string;
  readonly headers: Headers;
  readonly body: string;
}

type Step = Response | Error | ((seen: Seen) => Response | Promise<Response>);

/** Answers each request with the next of its steps, and remembers what it was asked. */
export class FakeShop {
  readonly seen: Seen[] = [];
  readonly #steps: Step[];

  constructor(...steps: readonly Step[]) {
    this.#steps = [...steps];
  }

  then(...steps: readonly Step[]): void {
    this.#steps.push(...steps);
  }

  readonly fetch: Fetch = async (request) => {
    const { pathname } = new URL(request.url);
    const body = request.body ? await request.text() : '';
    const seen = { call: `${request.method} ${pathname}`, headers: request.headers, body };
    this.seen.push(seen);
    const step = this.#steps.shift();
    if (step === undefined) throw new Error(`nobody expected ${seen.call}`);
    if (step instanceof Error) throw step;
    return step instanceof Response ? step : step(seen);
  };

  get calls(): readonly string[] {
    return this.seen.map(({ call }) => call);
  }

  /** What each request had in a header. */
  headers(name: string): readonly (string | null)[] {
    return this.seen.map(({ headers }) => headers.get(name));
  }
}

/** Does not wait, but remembers how long it should have. */
export class FakeClock implements Clock {
  readonly pauses: number[] = [];

  now(): Date {
    return new Date('2026-03-01T10:00:00Z');
  }

  sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    return Promise.resolve();
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers },
  });

export const problem = (status: number, code: string, headers: Record<string, string> = {}): Response =>
  json(status, { type: '', title: '', status, detail: 'No.', instance: '', code }, headers);

export const grant = (number: number, more: object = {}): Response =>
  json(200, {
    access_token: `access-${number}`,
    token_type: 'Bearer',
    expires_in: 900,
    refresh_token: `refresh-${number}`,
    user: { user_id: 'u' },
    ...more,
  });

/** A body that comes in these pieces, and then ends or breaks. */
export const stream = (pieces: readonly string[], end?: Error): Response => {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next) controller.enqueue(next);
      else if (end) controller.error(end);
      else controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
};
