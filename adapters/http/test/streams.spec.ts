import { describe, expect, it } from 'vitest';
import { forAllTests } from '#test/kit/each-test.ts';
import { openEdge } from './edge.ts';

let stream: (signal: AbortSignal) => AsyncIterable<string>;

const edge = forAllTests(() => openEdge({ stream: (signal) => stream(signal) }));

describe('a stream', () => {
  it('is sent as it is produced', async () => {
    const go = Promise.withResolvers<undefined>();
    stream = async function* () {
      yield 'data: 1\n\n';
      await go.promise;
      yield 'data: 2\n\n';
    };
    const { body, headers } = await fetch(`${edge.url}/stream`);
    expect(headers.get('content-type')).toContain('text/event-stream');
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: 1\n\n');
    go.resolve(undefined);
    expect((await reader?.read())?.value).toBe('data: 2\n\n');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('is aborted when its client disconnects', async () => {
    const { promise: gone, resolve } = Promise.withResolvers<undefined>();
    stream = async function* (signal) {
      signal.addEventListener('abort', () => resolve(undefined));
      yield 'data: 1\n\n';
      await gone;
    };
    const abort = new AbortController();
    const { body } = await fetch(`${edge.url}/stream`, { signal: abort.signal });
    await body?.getReader().read();
    abort.abort();
    await gone;
  });

  it('is ended when its client disconnects, even if it ignores the signal', async () => {
    const { promise: ended, resolve } = Promise.withResolvers<undefined>();
    stream = async function* () {
      try {
        for (;;) {
          yield 'data: again\n\n'.repeat(1_000);
          await new Promise(setImmediate);
        }
      } finally {
        resolve(undefined);
      }
    };
    const abort = new AbortController();
    const { body } = await fetch(`${edge.url}/stream`, { signal: abort.signal });
    await body?.getReader().read();
    abort.abort();
    await ended;
  });

  it.each([
    [
      'listens',
      async function* (signal: AbortSignal): AsyncIterable<string> {
        yield 'data: 1\n\n';
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    ],
    [
      'does not listen',
      async function* (): AsyncIterable<string> {
        yield 'data: 1\n\n';
        await new Promise(() => undefined);
      },
    ],
  ])('ends when the client’s token expires, if it %s', async (_, made) => {
    stream = made;
    const authorization = `Bearer ${await edge.shortToken(1)}`;
    const response = await fetch(`${edge.url}/stream`, { headers: { authorization } });
    expect(await response.text()).toBe('data: 1\n\n');
  });

  it('is cut off when it breaks, so that no client takes it for complete', async () => {
    stream = async function* () {
      yield 'data: 1\n\n';
      await new Promise(setImmediate);
      throw new Error('broken');
    };
    const response = await fetch(`${edge.url}/stream`);
    await expect(response.text()).rejects.toThrow();
  });

  it('is a problem if it breaks before it begins', async () => {
    stream = () => {
      throw new Error('broken');
    };
    expect(await edge.send('GET', '/stream')).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
  });
});
