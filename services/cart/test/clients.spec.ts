import { describe, expect, it } from 'vitest';
import type { ServiceClient } from '#adapters/http/client.ts';
import { CircuitOpen, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { gather } from '../adapters/clients/gather.ts';
import { httpStock } from '../adapters/clients/inventory.http.ts';
import { anId } from './cart.mother.ts';

const answering =
  (status: number, body: unknown): ServiceClient =>
  () =>
    Promise.resolve({ status, body });

describe('calling the catalog and the inventory', () => {
  const failing =
    (error: Error): ServiceClient =>
    () =>
      Promise.reject(error);

  it.each([new Outage('away'), new TimedOut('slow', 800), new CircuitOpen('broken')])(
    'continues without a response after %p',
    async (error) => {
      expect(await httpCatalog(failing(error)).offer(anId())).toMatchObject({
        error: { code: 'UNAVAILABLE' },
      });
      expect(await httpStock(failing(error)).available(anId())).toBeUndefined();
    },
  );

  it('does not mistake a bug for an outage', async () => {
    for (const client of [
      failing(new TypeError('a bug')),
      answering(403, { code: 'FORBIDDEN' }),
      answering(200, { items: [{ variant_id: 7 }] }),
    ]) {
      await expect(httpCatalog(client).offer(anId())).rejects.toThrow();
      await expect(httpStock(client).available(anId())).rejects.toThrow();
    }
  });

  it('finds nothing in a response without items', async () => {
    expect(await httpCatalog(answering(200, {})).offer(anId())).toEqual({ ok: true, value: undefined });
    expect(await httpStock(answering(200, undefined)).available(anId())).toBeUndefined();
  });
});

describe('gathering queries', () => {
  const counting = () => {
    const asked: (readonly string[])[] = [];
    const ask = gather((ids) => {
      asked.push(ids);
      return ids.includes('bad') ? Promise.reject(new Error('away')) : Promise.resolve(ids.join());
    }, 2);
    return { asked, ask };
  };

  it('sends the queries of one turn together, each item once', async () => {
    const { asked, ask } = counting();
    expect(await Promise.all([ask('a'), ask('b')])).toEqual(['a,b', 'a,b']);
    expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a', 'a']);
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });

  it('sends no more items at once than the limit', async () => {
    const { asked, ask } = counting();
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask));
    expect(asked).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('fails all queries of a failed call, and none after it', async () => {
    const { ask } = counting();
    const [a, bad] = [ask('a'), ask('bad')];
    await expect(a).rejects.toThrow('away');
    await expect(bad).rejects.toThrow('away');
    expect(await ask('a')).toBe('a');
  });
});
