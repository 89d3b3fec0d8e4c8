import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answered, renewable } from './answered.ts';

const NEVER = new Promise<never>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a response', () => {
  it('is passed on, success or failure', async () => {
    expect(await answered(Promise.resolve(7))).toBe(7);
    await expect(answered(Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that never arrives becomes an error', async () => {
    const waiting = expect(answered(NEVER, 5_000)).rejects.toThrow('within 5 s');
    await vi.advanceTimersByTimeAsync(5_000);
    await waiting;
  });
});

describe('a client', () => {
  const opened = (): {
    made: string[];
    client: ReturnType<typeof renewable<{ name: string; close: () => Promise<void> }>>;
  } => {
    const made: string[] = [];
    const client = renewable(() => {
      const name = `client ${made.length}`;
      made.push(name);
      return { name, close: () => NEVER };
    });
    return { made, client };
  };

  it('is kept while it responds, even with refusals', async () => {
    const { made, client } = opened();
    await expect(client.ask(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await client.ask(({ name }) => Promise.resolve(name))).toBe('client 0');
    expect(made).toHaveLength(1);
  });

  it('is replaced once if it does not respond, however many callers wait', async () => {
    const { client, made } = opened();
    const lost = [client.ask(() => NEVER), client.ask(() => NEVER)].map((asked) =>
      expect(asked).rejects.toThrow(),
    );
    await vi.advanceTimersByTimeAsync(30_000);
    await Promise.all(lost);
    expect(await client.ask(({ name }) => Promise.resolve(name))).toBe('client 1');
    expect(made).toHaveLength(2);
  });

  it('is closed, or abandoned if it does not close', async () => {
    const closed = opened().client.close();
    await vi.advanceTimersByTimeAsync(5_000);
    await closed;
  });
});
