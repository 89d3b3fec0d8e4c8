import { Container, type ContainerModule } from 'inversify';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { guarded } from '../adapters/carrier-guard.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import {
  memoryConsignmentRepository,
  memoryParcelArchive,
  memoryShippingQueries,
} from '../adapters/memory/consignments.memory.ts';
import { makeShippingConsumer } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { CARRIERS } from '../adapters/mock-carrier/carriers.ts';
import { memoryCarrierStore } from '../adapters/mock-carrier/memory-store.ts';
import { makeMockCarrier } from '../adapters/mock-carrier/mock-carrier.ts';
import type { CarrierStore } from '../adapters/mock-carrier/parcel.ts';
import { sqlCarrierStore } from '../adapters/mock-carrier/sql-store.ts';
import { postgresConsignmentRepository } from '../adapters/postgres/consignments.postgres.ts';
import {
  postgresParcelArchive,
  postgresShippingQueries,
} from '../adapters/postgres/shipping-queries.postgres.ts';
import { makeDispatch, makeVoidLabel } from '../adapters/tasks/carrier-tasks.ts';
import { makeTrackingPoller } from '../adapters/tracking-poller.ts';
import { makeForgetPeople, makePersonalData } from '../core/application/personal-data.ts';
import { joinPdfs } from '../adapters/pdf/join-pdfs.ts';
import { makePrintLabel, makePrintLabels, makePrintReturnLabel } from '../core/application/print-label.ts';
import { makeQuoteShipping } from '../core/application/quote-shipping.ts';
import { makeRunConsignments } from '../core/application/run-consignments.ts';
import { makeTrackParcels } from '../core/application/track-parcels.ts';
import type { Carriers } from '../core/ports/carrier.ts';
import type { ParcelArchive, ShippingQueries } from '../core/ports/shipping-queries.ts';
import type { ShippingTx } from '../core/ports/shipping-tx.ts';
import { readSettings, type Settings } from './settings.ts';

/** Chosen by the profile: where state is stored. */
const Storage = {
  UnitOfWork: token<UnitOfWork<ShippingTx>>('UnitOfWork'),
  Queries: token<ShippingQueries>('ShippingQueries'),
  Archive: token<ParcelArchive>('ParcelArchive'),
  CarrierStore: token<CarrierStore>('CarrierStore'),
};

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(toolbox, database, (tx) => ({ consignments: memoryConsignmentRepository(tx) })),
      Queries: () => memoryShippingQueries(database),
      Archive: () => memoryParcelArchive(database),
      CarrierStore: () => memoryCarrierStore(),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(toolbox, store, (tx) => ({ consignments: postgresConsignmentRepository(tx) })),
      Queries: () => postgresShippingQueries(store.database),
      Archive: () => postgresParcelArchive(store.database, recentOf(toolbox, store)),
      CarrierStore: () => sqlCarrierStore(store.database),
    }),
  });

const makeCarriers = ({ clock, metrics }: Toolbox, settings: Settings, store: CarrierStore): Carriers => {
  const breakers = metrics.gauge('carrier_circuit_open', '1 while a carrier is not called', ['carrier']);
  const chances = { lost: settings.SHIPPING_MOCK_LOST_RATE, returned: settings.SHIPPING_MOCK_RETURN_RATE };
  const options = { speed: settings.SHIPPING_MOCK_SPEED, seed: settings.SHIPPING_MOCK_SEED, chances };
  return new Map(
    CARRIERS.map((profile) => {
      const policy = makePolicy({
        name: profile.name,
        timeoutMs: settings.SHIPPING_CARRIER_TIMEOUT_MS,
        retries: 0,
        onState: (open) => {
          breakers.set({ carrier: profile.id }, open);
        },
      });
      return [profile.id, guarded(makeMockCarrier(profile, store, clock, options), policy)];
    }),
  );
};

/** The parts of the service. */
export const assemble = (toolbox: Toolbox) => {
  const { clock, env } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const queries = container.get(Storage.Queries);
  const carrierStore = container.get(Storage.CarrierStore);

  const settings = readSettings(env);
  const carriers = makeCarriers(toolbox, settings, carrierStore);
  const printLabel = makePrintLabel(queries, carriers);
  const run = makeRunConsignments(clock, toWire, settings.SHIPPING_DISPATCH_DELAY_MS);
  return {
    settings,
    unitOfWork,
    queries,
    personalData: makePersonalData(queries),
    forgetPeople: makeForgetPeople(container.get(Storage.Archive), clock),
    carrierStore,
    carriers,
    run,
    quoteShipping: makeQuoteShipping(carriers),
    printLabel,
    printLabels: makePrintLabels(printLabel),
    printReturnLabel: makePrintReturnLabel(carriers),
    joinPdfs,
    trackParcels: makeTrackParcels(queries, unitOfWork, run),
    consumer: makeShippingConsumer(toolbox, unitOfWork, run),
    dispatch: makeDispatch(unitOfWork, run, carriers),
    voidLabel: makeVoidLabel(carriers),
  };
};

export const compose = (toolbox: Toolbox): Composition => {
  const { settings, unitOfWork, carriers, trackParcels, ...parts } = assemble(toolbox);
  const { logger } = toolbox;
  return {
    handlers: makeHandlers(parts),
    errors,
    consumers: [parts.consumer],
    sweeps: [
      {
        name: 'addresses of parcels about which claims have expired',
        everyMs: DAY,
        sweep: parts.forgetPeople,
      },
    ],
    workers: [
      // A timer, so that after a restart a cancellation on the bus is handled first.
      makeWorker(toolbox, unitOfWork, parts.dispatch, { isTimer: true, gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, parts.voidLabel, { gatherMs: UNHURRIED_MS }),
    ],
    attachments: [...carriers].map(([carrierId, carrier]) =>
      makeTrackingPoller({ carrierId, carrier, trackParcels, pollMs: settings.SHIPPING_POLL_MS, logger }),
    ),
  };
};
