import { describe, expect, it, vi } from 'vitest';
import { systemIds } from '#adapters/system/ids.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { makeTrackingPoller } from '../adapters/tracking-poller.ts';
import { shipping } from '../main/module.ts';
import { readSettings } from '../main/settings.ts';
import { openRig } from './shipping.rig.ts';

describe('the shipping service', () => {
  it('starts and stops its pollers', async () => {
    const { attachments = [], workers = [] } = await shipping.compose(await openToolbox('memory', shipping));
    expect(attachments).toHaveLength(3);
    for (const attachment of attachments) await attachment.start();
    for (const attachment of attachments) await attachment.stop();
    expect(workers.map(({ isTimer }) => isTimer)).toEqual([true, false]);
  });

  it('polls a carrier round by round, also after a failure', async () => {
    const { toolbox, carriers } = await openRig('memory');
    const carrier = carriers.get('dhl');
    if (!carrier) throw new Error('no carrier');
    const asked: (string | undefined)[] = [];
    const answers = [systemIds.next(), undefined, new Error('away'), undefined];
    await new Promise<void>((done) => {
      const poller = makeTrackingPoller({
        carrierId: 'dhl',
        carrier,
        trackParcels: (_id, _carrier, after) => {
          asked.push(after);
          const answer = answers[asked.length - 1];
          if (asked.length === answers.length) void poller.stop().then(done);
          return answer instanceof Error
            ? Promise.reject(answer)
            : Promise.resolve({ parcels: 1, next: answer });
        },
        pollMs: 1,
        logger: toolbox.logger,
      });
      void poller.start();
    });
    expect(asked).toEqual([undefined, answers[0], undefined, undefined]);
  });

  it('polls less often while no parcel is under way, and as often as before once one is', async () => {
    vi.useFakeTimers();
    try {
      const { toolbox, carriers } = await openRig('memory');
      const carrier = carriers.get('dhl');
      if (!carrier) throw new Error('no carrier');
      const polled: number[] = [];
      const rounds = [[0], [0], [0], [0], [0], [200, 0], [1]];
      let batches: number[] = [];
      const poller = makeTrackingPoller({
        carrierId: 'dhl',
        carrier,
        trackParcels: () => {
          if (batches.length === 0) {
            polled.push(Date.now() - startedAt);
            batches = [...(rounds[polled.length - 1] ?? [])];
          }
          const parcels = batches.shift() ?? 0;
          return Promise.resolve({ parcels, next: batches.length > 0 ? 'the next batch' : undefined });
        },
        pollMs: 250,
        logger: toolbox.logger,
      });
      const startedAt = Date.now();
      await poller.start();
      await vi.advanceTimersByTimeAsync(8_100);
      expect(polled).toEqual([0, 500, 1_500, 3_500, 5_500, 7_500, 7_750, 8_000]);
      await poller.stop();
    } finally {
      vi.useRealTimers();
    }
  });

  it('polls more often when parcels travel faster', () => {
    const pollMs = (env: Record<string, string>): number => readSettings(env).SHIPPING_POLL_MS;
    expect(pollMs({})).toBe(60_000);
    expect(pollMs({ SHIPPING_MOCK_SPEED: '3600' })).toBe(500);
    expect(pollMs({ SHIPPING_MOCK_SPEED: '86400' })).toBe(250);
    expect(pollMs({ SHIPPING_MOCK_SPEED: '86400', SHIPPING_POLL_MS: '5000' })).toBe(5_000);
  });
});
