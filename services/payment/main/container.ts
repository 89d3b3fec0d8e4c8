import { setTimeout as pause } from 'node:timers/promises';
import { Container, ContainerModule } from 'inversify';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Toolbox } from '#adapters/service/module.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import type { TaskHandler } from '#kernel/tasks.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { guarded } from '../adapters/gateway-guard.ts';
import {
  memoryLedger,
  memoryPaymentQueries,
  memoryPaymentRepository,
} from '../adapters/memory/memory-payments.ts';
import { memoryGatewayStore } from '../adapters/mock-gateway/memory-store.ts';
import { makeMockGateway } from '../adapters/mock-gateway/mock-gateway.ts';
import { seededRandom } from '../adapters/mock-gateway/seeded-random.ts';
import { sqlGatewayStore } from '../adapters/mock-gateway/sql-store.ts';
import type { GatewayStore } from '../adapters/mock-gateway/store.ts';
import { postgresLedger } from '../adapters/postgres/ledger.postgres.ts';
import { postgresPaymentQueries } from '../adapters/postgres/payment-queries.postgres.ts';
import { postgresPaymentRepository } from '../adapters/postgres/payment-repository.postgres.ts';
import { makeGatewayTasks, type GatewayOutcome } from '../adapters/tasks/gateway-tasks.ts';
import { makeCarryOut, type CarryOut } from '../core/application/carry-out.ts';
import { makeCommandPayment, type CommandPayment } from '../core/application/command-payment.ts';
import { makeOpenPayment, type OpenPayment } from '../core/application/open-payment.ts';
import type { PaymentGateway } from '../core/ports/payment-gateway.ts';
import type { PaymentQueries } from '../core/ports/payment-queries.ts';
import type { PaymentTx } from '../core/ports/payment-tx.ts';
import { readSettings, type Settings } from './settings.ts';

/** The parts of the service, by what they are for. */
export const Parts = {
  Settings: token<Settings>('Settings'),
  UnitOfWork: token<UnitOfWork<PaymentTx>>('UnitOfWork'),
  Queries: token<PaymentQueries>('PaymentQueries'),
  GatewayStore: token<GatewayStore>('GatewayStore'),
  Gateway: token<PaymentGateway>('PaymentGateway'),
  CarryOut: token<CarryOut>('CarryOut'),
  OpenPayment: token<OpenPayment>('OpenPayment'),
  CommandPayment: token<CommandPayment>('CommandPayment'),
  GatewayTasks: token<readonly TaskHandler<PaymentTx, GatewayOutcome>[]>('GatewayTasks'),
};

/** The stores of this profile. */
const stores = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    if (store.kind === 'memory') {
      const { database } = store;
      bind(Parts.UnitOfWork).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({
          payments: memoryPaymentRepository(tx),
          ledger: memoryLedger(tx),
        })),
      );
      bind(Parts.Queries).toResolvedValue(() => memoryPaymentQueries(database));
      bind(Parts.GatewayStore).toResolvedValue(() => memoryGatewayStore());
    } else {
      bind(Parts.UnitOfWork).toResolvedValue(() =>
        sqlUnitOfWork(toolbox, store, (tx) => ({
          payments: postgresPaymentRepository(tx),
          ledger: postgresLedger(tx),
        })),
      );
      bind(Parts.Queries).toResolvedValue(() => postgresPaymentQueries(store.database));
      bind(Parts.GatewayStore).toResolvedValue(() => sqlGatewayStore(store.database));
    }
  });

const gateway = ({ ids, clock, metrics, env }: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Parts.Settings).toResolvedValue(() => readSettings(env));
    bind(Parts.Gateway).toResolvedValue(
      (settings: Settings, store: GatewayStore) => {
        const weather = {
          latencyMs: settings.PAYMENT_MOCK_LATENCY_MS,
          failureRate: settings.PAYMENT_MOCK_FAILURE_RATE,
          random: seededRandom(settings.PAYMENT_MOCK_SEED),
          pause: async (ms: number) => {
            await pause(ms);
          },
        };
        const breaker = metrics.gauge('gateway_circuit_open', '1 while the gateway is not called');
        const policy = makePolicy({
          name: 'payment gateway',
          timeoutMs: settings.PAYMENT_GATEWAY_TIMEOUT_MS,
          retries: 0,
          breakAfter: 20,
          onState: (open) => {
            breaker.set(open);
          },
        });
        return guarded(makeMockGateway(store, ids, clock, weather), policy);
      },
      [Parts.Settings, Parts.GatewayStore],
    );
  });

const application = ({ ids, clock }: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(Parts.CarryOut).toResolvedValue(() => makeCarryOut(clock));
    bind(Parts.OpenPayment).toResolvedValue(
      (unitOfWork: UnitOfWork<PaymentTx>, carryOut: CarryOut) => makeOpenPayment(unitOfWork, carryOut, ids),
      [Parts.UnitOfWork, Parts.CarryOut],
    );
    bind(Parts.CommandPayment).toResolvedValue(
      (unitOfWork: UnitOfWork<PaymentTx>, carryOut: CarryOut) =>
        makeCommandPayment(unitOfWork, carryOut, ids),
      [Parts.UnitOfWork, Parts.CarryOut],
    );
    bind(Parts.GatewayTasks).toResolvedValue(
      (port: PaymentGateway, carryOut: CarryOut) => makeGatewayTasks(port, carryOut, clock),
      [Parts.Gateway, Parts.CarryOut],
    );
  });

export const makeContainer = (toolbox: Toolbox): Container => {
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(stores(toolbox), gateway(toolbox), application(toolbox));
  return container;
};
