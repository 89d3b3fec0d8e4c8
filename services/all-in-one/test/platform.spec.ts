import { afterEach, describe, expect, it } from 'vitest';
import { generateKey } from '#adapters/auth/tokens.ts';
import { each } from '#adapters/messaging/consumer.ts';
import { makeLogger } from '#adapters/observability/logger.ts';
import type { Store, Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { makeConsumer, makeWorker } from '#adapters/service/parts.ts';
import { memoryUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { until } from '#test/kit/conditions.ts';
import { gone } from '#test/kit/events.ts';
import { GATEWAY, startPlatform, type Platform } from '../main/platform.ts';

/** A few turns of the event loop, after which all that does not wait is done. */
const aWhile = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

/** A store whose outbox reads are slow, as from a disk. */
const unitOfWorkOf = (toolbox: Toolbox<Store>): UnitOfWork<BaseTx> => {
  const { outbox } = toolbox.stores;
  const { oldest } = outbox;
  Object.assign(outbox, { oldest: (limit: number) => aWhile().then(() => oldest(limit)) });
  if (toolbox.store.kind !== 'memory') throw new Error('memory was asked for');
  return memoryUnitOfWork(toolbox, toolbox.store.database, () => ({}));
};

const moduleOf = (name: string, compose: ServiceModule['compose']): ServiceModule => ({
  name,
  spec: new URL('../../../openapi/catalog.yaml', import.meta.url),
  migrations: [],
  compose,
});

const quietly = (parts: Partial<Composition>): Composition => ({ handlers: {}, errors: {}, ...parts });

describe('a restarted shop', () => {
  let platform: Platform;
  afterEach(() => platform.stop());

  const start = async (...modules: readonly ServiceModule[]): Promise<void> => {
    const names = ['user', GATEWAY, ...modules.map(({ name }) => name)];
    platform = await startPlatform({
      modules,
      database: undefined,
      keys: new Map(await Promise.all(names.map(async (name) => [name, await generateKey(name)] as const))),
      env: {},
      loggerOf: (service) => makeLogger({ service, level: 'silent' }),
      validateResponses: true,
      gateway: () => ({ start: () => Promise.reject(new Error('nobody opens it')) }),
    });
  };

  it('delays timers until pending events of other services, and their consequences, are handled', async () => {
    const steps: string[] = [];
    /** Has a timer that was due long ago. */
    const waiting = moduleOf('waiting', async (toolbox) => {
      const unitOfWork = unitOfWorkOf(toolbox);
      await unitOfWork.run(({ tasks }) => tasks.schedule({ key: 'timer', kind: 'timer', payload: null }));
      const consumer = makeConsumer(toolbox, unitOfWork, 'waiting', {
        'product.viewed': each(async () => {
          await aWhile();
          steps.push('the answer');
        }),
      });
      const timer = {
        kind: 'timer',
        perform: () => Promise.resolve(void steps.push('timer')),
        settle: () => Promise.resolve(),
      };
      return quietly({
        consumers: [consumer],
        workers: [makeWorker(toolbox, unitOfWork, timer, { isTimer: true })],
      });
    });
    /** Publishes an event in response to another. */
    const between = moduleOf('between', (toolbox) => {
      const unitOfWork = unitOfWorkOf(toolbox);
      const consumer = makeConsumer(toolbox, unitOfWork, 'between', {
        'product.deleted': each(async ({ outbox }, { aggregate_id: productId }) => {
          await aWhile();
          steps.push('the announcement');
          await outbox.add({
            type: 'product.viewed',
            aggregateId: productId,
            aggregateVersion: 1,
            payload: { product_id: productId, views: 1, viewed_at: '2026-03-01T12:00:00Z' },
          });
        }),
      });
      return quietly({ consumers: [consumer] });
    });
    /** Stopped before it could publish an event, and starts slowly. */
    const announcing = moduleOf('announcing', async (toolbox) => {
      await unitOfWorkOf(toolbox).run(({ outbox }) => outbox.add(gone(systemIds.next())));
      return quietly({ attachments: [{ start: aWhile, stop: () => Promise.resolve() }] });
    });

    await start(waiting, between, announcing);
    await until(() => steps.includes('timer'));
    expect(steps).toEqual(['the announcement', 'the answer', 'timer']);
  });
});
