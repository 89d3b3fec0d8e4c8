import { isUuid } from '#kernel/ids.ts';
import type { DueTask } from '#kernel/tasks.ts';
import type { BaseTx, UnitOfWork } from '#kernel/unit-of-work.ts';
import { makeApplication, type Application } from '../http/application.ts';
import { loadSpecs } from '../http/spec.ts';
import type { Redelivery } from '../messaging/stores.ts';
import type { Composition, ServiceModule, Store, Toolbox } from './module.ts';
import { OPERATIONS_ERRORS, operationsHandlers } from './operations-handlers.ts';
import { baseUnitOfWork } from './unit-of-work.ts';

const OPERATIONS = new URL('../../openapi/operations.yaml', import.meta.url);

export interface ServiceApplicationOptions {
  readonly module: Pick<ServiceModule, 'name' | 'spec'>;
  readonly toolbox: Toolbox<Store>;
  readonly composition: Composition;
  /** Wakes the workers. */
  readonly expect: (due: readonly DueTask[]) => void;
  readonly validateResponses: boolean;
}

export interface ServiceApplication {
  readonly application: Application;
  /** On the service's store, without its own repositories. */
  readonly unitOfWork: UnitOfWork<BaseTx>;
  /** Delivers a parked event again to one of the service's consumers. */
  readonly redeliver: (consumer: string, eventId: string) => Promise<Redelivery>;
}

/** The operations of a service: its own, and those that every service has for operators. */
export const makeServiceApplication = (options: ServiceApplicationOptions): ServiceApplication => {
  const { module, toolbox, composition, expect, validateResponses } = options;
  const { stores, bus, clock, logger, security } = toolbox;
  const { handlers, errors, consumers = [] } = composition;
  const redeliver = async (consumer: string, eventId: string): Promise<Redelivery> => {
    const subscription = consumers.find((one) => one.consumer === consumer);
    const letter = subscription && isUuid(eventId) && (await stores.deadLetters.reopen(consumer, eventId));
    if (!letter) return { outcome: 'unknown' };
    await subscription.handle([letter.envelope], 'again');
    const again = await stores.deadLetters.find(consumer, eventId);
    return again ? { outcome: 'parked', error: again.error } : { outcome: 'delivered' };
  };
  const unitOfWork = baseUnitOfWork(toolbox, toolbox.store);
  const parts = { service: module.name, stores, unitOfWork, consumers, bus, clock, redeliver, expect };
  const application = makeApplication({
    spec: loadSpecs(module.spec, OPERATIONS),
    handlers: { ...handlers, ...operationsHandlers(parts) },
    errors: { ...OPERATIONS_ERRORS, ...errors },
    logger,
    security,
    validateResponses,
  });
  return { application, unitOfWork, redeliver };
};
