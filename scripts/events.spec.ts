import { beforeEach, describe, expect, it } from 'vitest';
import type { AdminOptions, Trouble } from '#adapters/http/admin-app.ts';
import { openDesk, type Desk, type Ended } from '#test/kit/operator.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});

const events = (...args: readonly string[]): Promise<Ended> => desk.run('scripts/events.ts', ...args);

type Letter = Trouble['dead'][number];
const letter = (eventId: string): Letter => ({
  consumer: 'cart',
  event_id: eventId,
  event_type: 'order.placed',
  error: 'Error: broken\n  somewhere',
  parked_at: '2026-03-01T12:00:00.000Z',
});
const stuck = { key: 'mail:7', kind: 'send-mail', attempts: 12, error: 'refused' };

/** A shop with dead letters; those named `broken` fail again, `worse` even fails to be put back. */
const shopWith = (...ids: readonly string[]): Omit<AdminOptions, 'isAllowed'> => {
  let dead = ids.map(letter);
  return {
    metrics: () => Promise.resolve(''),
    troubles: () =>
      Promise.resolve([
        { service: 'order', dead: [], stuck: [stuck] },
        { service: 'cart', dead: dead.slice(0, 2), stuck: [] },
      ]),
    redrive: async (consumer, eventId) => {
      const found = dead.find((one) => one.consumer === consumer && one.event_id === eventId);
      if (!found) return { outcome: 'unknown' };
      if (eventId === 'worse') throw new Error('the store is away');
      dead = dead.filter((one) => one !== found);
      if (eventId !== 'broken') return Promise.resolve({ outcome: 'delivered' });
      const error = 'Error: still broken';
      dead.push({ ...found, error });
      return { outcome: 'parked', error };
    },
    hasten: () => Promise.resolve(2),
  };
};

describe('events dead', () => {
  it('shows dead letters and stuck tasks, one line each', async () => {
    await desk.open(shopWith('e-1'));
    expect(await events('dead')).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'Dead letters: 1',
        'SERVICE  CONSUMER  EVENT_ID  TYPE          PARKED AT                 ERROR',
        'cart     cart      e-1       order.placed  2026-03-01T12:00:00.000Z  Error: broken somewhere',
        'Stuck tasks: 1',
        'SERVICE  KIND       KEY     ATTEMPTS  ERROR',
        'order    send-mail  mail:7  12        refused',
        '',
      ].join('\n'),
    });
  });
});

describe('events redrive', () => {
  it('redelivers one letter', async () => {
    await desk.open(shopWith('e-1', 'e-2'));
    expect(await events('redrive', 'cart', 'e-1')).toEqual({
      code: 0,
      stdout: '1 delivered, 0 failed\n',
      stderr: '',
    });
    expect((await events('dead')).stdout).not.toContain('e-1');
  });

  it('reports that the letter failed again', async () => {
    await desk.open(shopWith('broken'));
    const { code, stdout, stderr } = await events('redrive', 'cart', 'broken');
    expect([code, stdout]).toEqual([1, '0 delivered, 1 failed\n']);
    expect(stderr).toBe('cart broken: parked again: Error: still broken\n');
  });

  it('fails if the letter does not exist', async () => {
    await desk.open(shopWith('e-1'));
    const { code, stdout, stderr } = await events('redrive', 'cart', 'e/2');
    expect([code, stdout]).toEqual([1, '0 delivered, 1 failed\n']);
    expect(stderr).toBe('cart e/2: there is no such dead letter, or nobody to deliver it to\n');
  });

  it('redelivers all letters, even more than one list holds, reports those that failed again, and retries stuck tasks', async () => {
    await desk.open(shopWith('e-1', 'broken', 'e-2', 'e-3'));
    const { code, stdout, stderr } = await events('redrive', '--all');
    expect([code, stdout]).toEqual([1, '3 delivered, 1 failed\n2 stuck tasks are being retried\n']);
    expect(stderr).toBe('cart broken: parked again: Error: still broken\n');
  });

  it('continues after a letter on which the shop fails', async () => {
    await desk.open(shopWith('worse', 'e-1'));
    const { code, stdout, stderr } = await events('redrive', '--all');
    expect([code, stdout]).toEqual([1, '1 delivered, 1 failed\n2 stuck tasks are being retried\n']);
    expect(stderr).toBe('cart worse: the shop answered 500; see its log\n');
  });
});

describe('an operator', () => {
  it.each([[[]], [['dead', 'cart']], [['redrive']], [['redrive', 'cart']], [['redrive', '--all', 'cart']]])(
    'sees the usage after %j',
    async (args) => {
      await desk.open(shopWith());
      expect(await events(...args)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^usage: /) });
    },
  );

  it('gets one line if no shop runs', async () => {
    const never = await events('dead');
    expect(never).toMatchObject({ code: 1, stdout: '' });
    expect(never.stderr).toMatch(/^No shop runs here: .*admin\.json .*\n$/);
    await desk.open(shopWith());
    await desk.shut();
    const gone = await events('redrive', '--all');
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toMatch(/^No shop answers at http:.*\n$/);
  });

  it('gets a message if another shop responds', async () => {
    await desk.open(shopWith(), 'an older key');
    const { code, stderr } = await events('dead');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The server at http:.*is not the shop that wrote .*\n$/);
  });
});
