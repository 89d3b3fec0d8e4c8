import { describe, expect, it } from 'vitest';
import { NextFlight } from './single-flight.ts';

/** Requests that end when the test says so. */
const questions = () => {
  const asked: PromiseWithResolvers<number>[] = [];
  const make = (): Promise<number> => {
    asked.push(Promise.withResolvers<number>());
    return asked.at(-1)?.promise ?? Promise.reject(new Error('never'));
  };
  return { asked, make };
};

describe('requests for the same key', () => {
  it('are one in flight, and one more for all that arrived meanwhile', async () => {
    const flights = new NextFlight<number>();
    const { asked, make } = questions();
    const first = flights.share('a', make);
    const late = [flights.share('a', make), flights.share('a', make)];
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(1);
    expect(await first).toBe(1);
    expect(asked).toHaveLength(2);
    const later = flights.share('a', make);
    asked[1]?.resolve(2);
    expect(await Promise.all(late)).toEqual([2, 2]);
    asked[2]?.resolve(3);
    expect(await later).toBe(3);
  });

  it('continue after a failure, and leave nothing behind', async () => {
    const flights = new NextFlight<number>();
    const { asked, make } = questions();
    const [first, late] = [flights.share('a', make), flights.share('a', make)];
    asked[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    asked[1]?.resolve(2);
    expect(await late).toBe(2);
    const again = flights.share('a', make);
    asked[2]?.resolve(3);
    expect(await again).toBe(3);
  });

  it('do not wait for other keys', () => {
    const flights = new NextFlight<number>();
    const { asked, make } = questions();
    void flights.share('a', make);
    void flights.share('b', make);
    expect(asked).toHaveLength(2);
  });
});
