import { describe, expect, it } from '@jest/globals';
import type { ServiceClient } from '#adapters/http/client.ts';
import { CircuitOpen, Outage, TimedOut } from '#adapters/resilience/policy.ts';
import { httpCatalog } from '../adapters/clients/catalog.http.ts';
import { httpStock } from '../adapters/clients/inventory.http.ts';
import { anId } from './cart.mother.ts';

const answering =
  (status: number, body: unknown): ServiceClient =>
  () =>
    Promise.resolve({ status, body });

describe('asking the catalog and the inventory', () => {
  const failing =
    (error: Error): ServiceClient =>
    () =>
      Promise.reject(error);

  it.each([new Outage('away'), new TimedOut('slow', 800), new CircuitOpen('broken')])(
    'goes on without an answer when there is none: %p',
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

  it('finds nothing in an answer without items', async () => {
    expect(await httpCatalog(answering(200, {})).offer(anId())).toEqual({ ok: true, value: undefined });
    expect(await httpStock(answering(200, undefined)).available(anId())).toBeUndefined();
  });
});
