import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeHandOver, type HandOver, type OutboxEvent } from './hand-over.ts';

const event = (seq: number): OutboxEvent => ({
  outbox: 'one',
  seq,
  eventId: `e-${seq}`,
  type: 'product.deleted',
  text: '{}',
});

describe('hand-over', () => {
  let delivered: number[];
  let rereads: PromiseWithResolvers<undefined>[];
  let errors: unknown[];
  let handOver: HandOver;

  beforeEach(() => {
    [delivered, rereads, errors] = [[], [], []];
    handOver = makeHandOver({
      deliver: (events) => void delivered.push(...events.map(({ seq }) => seq)),
      reread: () => {
        const one = Promise.withResolvers<undefined>();
        rereads.push(one);
        return one.promise;
      },
      onError: (error) => void errors.push(error),
    });
  });

  it('delivers what has committed', () => {
    handOver.ticket().committed([event(1), event(2)]);
    expect(delivered).toEqual([1, 2]);
  });

  it('follows the order of tickets, whichever commit is acknowledged first', () => {
    const [first, second, third] = [handOver.ticket(), handOver.ticket(), handOver.ticket()];
    third.committed([event(3)]);
    second.committed([event(2)]);
    expect(delivered).toEqual([]);
    first.committed([event(1)]);
    expect(delivered).toEqual([1, 2, 3]);
  });

  it('skips what was rolled back', () => {
    const [first, second] = [handOver.ticket(), handOver.ticket()];
    second.committed([event(2)]);
    first.rolledBack();
    expect(delivered).toEqual([2]);
  });

  it('reads the outboxes after an unknown commit, and delivers nothing later before that is done', async () => {
    const [first, second] = [handOver.ticket(), handOver.ticket()];
    first.unknown();
    second.committed([event(2)]);
    handOver.ticket().committed([event(3)]);
    expect([delivered, rereads.length]).toEqual([[], 1]);
    delivered.push(1); // by reading
    rereads[0]?.resolve(undefined);
    await setImmediate();
    expect(delivered).toEqual([1, 2, 3]);
  });

  it('reads them again until that succeeds', async () => {
    handOver.ticket().unknown();
    handOver.ticket().committed([event(2)]);
    rereads[0]?.reject(new Error('away'));
    while (rereads.length < 2) await setImmediate();
    rereads[1]?.resolve(undefined);
    await setImmediate();
    expect([delivered, errors]).toEqual([[2], [new Error('away')]]);
  });
});
