import { describe, expect, it } from 'vitest';
import { during } from '../lifetime.ts';

const collect = async (stream: AsyncIterable<string>): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const piece of stream) found.push(piece);
  return found;
};

/** Never ends by itself. */
const endless = async function* (): AsyncGenerator<string> {
  yield 'first';
  await new Promise(() => undefined);
};
const complete = async function* (): AsyncGenerator<string> {
  yield await Promise.resolve('all');
};

describe('a stream whose lifetime is over', () => {
  const over = (stream: AsyncIterable<string>, isEndless: boolean) => {
    const gone = new AbortController();
    const errors: unknown[] = [];
    const lifetime = { signal: gone.signal, close: () => undefined };
    const streamed = during(lifetime, stream, isEndless, (error) => errors.push(error));
    return { gone, errors, streamed };
  };

  it('ends if it has no end of its own', async () => {
    const { gone, streamed } = over(endless(), true);
    const collected = collect(streamed);
    await Promise.resolve();
    gone.abort();
    await collected;
  });

  it('fails if it has one, so that nobody takes it for complete', async () => {
    const { gone, errors, streamed } = over(endless(), false);
    const collected = collect(streamed);
    await Promise.resolve();
    gone.abort();
    await expect(collected).rejects.toThrow('ended early');
    await expect(collect(streamed)).rejects.toThrow('ended early');
    expect(errors).toEqual([]);
  });

  it('is complete if it has ended before', async () => {
    const { gone, streamed } = over(complete(), false);
    expect(await collect(streamed)).toEqual(['all']);
    gone.abort();
  });
});
