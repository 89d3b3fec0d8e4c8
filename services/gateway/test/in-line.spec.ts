import { describe, expect, it } from '@jest/globals';
import { InLine } from '../in-line.ts';

/** Questions that end when they are told to. */
const questions = () => {
  const asked: PromiseWithResolvers<number>[] = [];
  const make = (): Promise<number> => {
    asked.push(Promise.withResolvers<number>());
    return asked.at(-1)?.promise ?? Promise.reject(new Error('never'));
  };
  return { asked, make };
};

describe('questions for the same', () => {
  it('are one under way, and one more for all who came meanwhile', async () => {
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

  it('go on after one that failed, and leave nothing behind', async () => {
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

  it('for different things wait for nothing', () => {
    const line = new InLine<number>();
    const { asked, make } = questions();
    void line.ask('a', make);
    void line.ask('b', make);
    expect(asked).toHaveLength(2);
  });
});
