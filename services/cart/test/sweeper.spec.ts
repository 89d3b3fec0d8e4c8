import { describe, expect, it } from '@jest/globals';
import { makeLogger } from '#adapters/observability/logger.ts';
import { ManualClock } from '#kernel/clock.ts';
import { START } from '#test/kit/toolbox.ts';
import { makeSweeper } from '../main/sweeper.ts';

describe('the sweeper', () => {
  const tools = { clock: new ManualClock(START), logger: makeLogger({ service: 'test', level: 'silent' }) };

  it('sweeps when it starts, again after a failure, and ends when told to', async () => {
    const swept: Date[] = [];
    let done: () => void = () => undefined;
    const twice = new Promise<void>((resolve) => (done = resolve));
    const sweep = async (now: Date): Promise<void> => {
      swept.push(now);
      if (swept.length === 1) throw new Error('broken');
      done();
      return Promise.resolve();
    };
    const sweeper = makeSweeper(tools, { sweep }, 60_000);
    await sweeper.start();
    await twice;
    await sweeper.stop();
    expect(swept).toEqual([START, START]);
  });
});
