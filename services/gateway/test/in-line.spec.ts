import { describe, expect, it } from '@jest/globals';
import { InLine } from '../in-line.ts';

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
    const line = new InLine<number>();
    const { asked, make } = questions();
    const first = line.ask('a', make);
    const late = [line.ask('a', make), line.ask('a', make)];
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(1);
    expect(await first).toBe(1);
    expect(asked).toHaveLength(2);
    const later = line.ask('a', make);
    asked[1]?.resolve(2);
    expect(await Promise.all(late)).toEqual([2, 2]);
    asked[2]?.resolve(3);
    expect(await later).toBe(3);
  });

  it('continue after a failure, and leave nothing behind', async () => {
    const line = new InLine<number>();
    const { asked, make } = questions();
    const [first, late] = [line.ask('a', make), line.ask('a', make)];
    asked[0]?.reject(new Error('away'));
    await expect(first).rejects.toThrow('away');
    asked[1]?.resolve(2);
    expect(await late).toBe(2);
    const again = line.ask('a', make);
    asked[2]?.resolve(3);
    expect(await again).toBe(3);
  });

  it('do not wait for other keys', () => {
    const line = new InLine<number>();
    const { asked, make } = questions();
    void line.ask('a', make);
    void line.ask('b', make);
    expect(asked).toHaveLength(2);
  });
});
