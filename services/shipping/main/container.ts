import { Container, ContainerModule } from 'inversify';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { guarded } from '../adapters/carrier-guard.ts';
import {
  memoryConsignmentRepository,
  memoryShippingQueries,
} from '../adapters/memory/memory-consignments.ts';
import { CARRIERS } from '../adapters/mock-carrier/carriers.ts';
import { memoryCarrierStore } from '../adapters/mock-carrier/memory-store.ts';
import { makeMockCarrier } from '../adapters/mock-carrier/mock-carrier.ts';
import type { CarrierStore } from '../adapters/mock-carrier/parcel.ts';
import { sqlCarrierStore } from '../adapters/mock-carrier/sql-store.ts';
import { postgresConsignmentRepository } from '../adapters/postgres/consignment-repository.postgres.ts';
import { postgresShippingQueries } from '../adapters/postgres/shipping-queries.postgres.ts';
import { makeDispatch, makeVoidLabel, type Dispatched } from '../adapters/tasks/dispatch.ts';
import { makeCarryOut, type CarryOut } from '../core/application/carry-out.ts';
import { makeTrackParcels, type TrackParcels } from '../core/application/track-parcels.ts';
import type { Carriers } from '../core/ports/carrier.ts';
import type { ShippingQueries } from '../core/ports/shipping-queries.ts';
import type { ShippingTx } from '../core/ports/shipping-tx.ts';
import { readSettings, type Settings } from './settings.ts';

/** The parts of the service, by what they are for. */
export const Parts = {
  Settings: token<Settings>('Settings'),
  UnitOfWork: token<UnitOfWork<ShippingTx>>('UnitOfWork'),
  Queries: token<ShippingQueries>('ShippingQueries'),
  CarrierStore: token<CarrierStore>('CarrierStore'),
  Carriers: token<Carriers>('Carriers'),
  CarryOut: token<CarryOut>('CarryOut'),
  TrackParcels: token<TrackParcels>('TrackParcels'),
  Dispatch: token<TaskHandler<ShippingTx, Dispatched>>('Dispatch'),
  VoidLabel: token<TaskHandler<ShippingTx, undefined>>('VoidLabel'),
};

/** The stores of this profile. */
const stores = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Parts.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({ consignments: memoryConsignmentRepository(tx) })),
      );
      bind(Parts.Queries).toResolvedValue(() => memoryShippingQueries(database));
      bind(Parts.CarrierStore).toResolvedValue(() => memoryCarrierStore());
    } else {
      bind(Parts.UnitOfWork).toResolvedValue(() =>
        sqlUnitOfWork(toolbox, store, (tx) => ({ consignments: postgresConsignmentRepository(tx) })),
      );
      bind(Parts.Queries).toResolvedValue(() => postgresShippingQueries(store.database));
      bind(Parts.CarrierStore).toResolvedValue(() => sqlCarrierStore(store.database));
    }
  });

const carriers = ({ clock, metrics, env }: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Parts.Settings).toResolvedValue(() => readSettings(env));
    bind(Parts.Carriers).toResolvedValue(
      (settings: Settings, store: CarrierStore): Carriers => {
        const breakers = metrics.gauge('carrier_circuit_open', '1 while a carrier is not called', [
          'carrier',
        ]);
        const chances = {
          lost: settings.SHIPPING_MOCK_LOST_RATE,
          returned: settings.SHIPPING_MOCK_RETURN_RATE,
        };
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
      },
      [Parts.Settings, Parts.CarrierStore],
    );
  });

const application = ({ clock }: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Parts.CarryOut).toResolvedValue(
      (settings: Settings) => makeCarryOut(clock, settings.SHIPPING_DISPATCH_DELAY_MS),
      [Parts.Settings],
    );
    bind(Parts.TrackParcels).toResolvedValue(
      (queries: ShippingQueries, unitOfWork: UnitOfWork<ShippingTx>, carryOut: CarryOut) =>
        makeTrackParcels(queries, unitOfWork, carryOut),
      [Parts.Queries, Parts.UnitOfWork, Parts.CarryOut],
    );
    bind(Parts.Dispatch).toResolvedValue(
      (unitOfWork: UnitOfWork<ShippingTx>, carryOut: CarryOut, all: Carriers) =>
        makeDispatch(unitOfWork, carryOut, all),
      [Parts.UnitOfWork, Parts.CarryOut, Parts.Carriers],
    );
    bind(Parts.VoidLabel).toResolvedValue((all: Carriers) => makeVoidLabel(all), [Parts.Carriers]);
  });

export const makeContainer = (toolbox: Toolbox): Container => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(stores(toolbox), carriers(toolbox), application(toolbox));
  return container;
};
