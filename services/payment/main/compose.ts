import { setTimeout as pause } from 'node:timers/promises';
import { Container, type ContainerModule } from 'inversify';
import { commandsInBatches } from '#adapters/batching/commands-in-batches.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { makeWorker } from '#adapters/service/parts.ts';
import { readServerTls } from '#adapters/service/tls.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { DAY } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { guarded } from '../adapters/gateway-guard.ts';
import { makeGrpcCommands } from '../adapters/grpc/commands.ts';
import { makeGrpcAddress } from '../adapters/grpc/grpc-address.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import {
  memoryLedger,
  memoryPaymentArchive,
  memoryPaymentQueries,
  memoryPaymentRepository,
} from '../adapters/memory/payments.memory.ts';
import { makePaymentConsumer } from '../adapters/messaging/consumer.ts';
import { toWire } from '../adapters/messaging/integration-events.ts';
import { memoryGatewayStore } from '../adapters/mock-gateway/memory-store.ts';
import { makeMockGateway } from '../adapters/mock-gateway/mock-gateway.ts';
import { seededRandom } from '../adapters/mock-gateway/seeded-random.ts';
import { sqlGatewayStore } from '../adapters/mock-gateway/sql-store.ts';
import type { GatewayStore } from '../adapters/mock-gateway/store.ts';
import { makeTokenAddress } from '../adapters/mock-gateway/token-address.ts';
import { postgresLedger } from '../adapters/postgres/ledger.postgres.ts';
import {
  postgresPaymentArchive,
  postgresPaymentQueries,
} from '../adapters/postgres/payment-queries.postgres.ts';
import { postgresPaymentRepository } from '../adapters/postgres/payments.postgres.ts';
import { makeGatewayTasks } from '../adapters/tasks/gateway-tasks.ts';
import { makeCommandPayment } from '../core/application/command-payment.ts';
import { makeOpenPayment } from '../core/application/open-payment.ts';
import { makeForgetPeople, makePersonalData } from '../core/application/personal-data.ts';
import { makeRunPayments } from '../core/application/run-payments.ts';
import type { PaymentGateway } from '../core/ports/payment-gateway.ts';
import type { PaymentArchive, PaymentQueries } from '../core/ports/payment-queries.ts';
import type { PaymentTx } from '../core/ports/payment-tx.ts';
import { readSettings, type Settings } from './settings.ts';

/** Chosen by the profile: where state is stored. */
const Storage = {
  UnitOfWork: token<UnitOfWork<PaymentTx>>('UnitOfWork'),
  Queries: token<PaymentQueries>('PaymentQueries'),
  Archive: token<PaymentArchive>('PaymentArchive'),
  GatewayStore: token<GatewayStore>('GatewayStore'),
};

const storage = (toolbox: Toolbox): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () =>
        memoryUnitOfWork(toolbox, database, (tx) => ({
          payments: memoryPaymentRepository(tx),
          ledger: memoryLedger(tx),
        })),
      Queries: () => memoryPaymentQueries(database),
      Archive: () => memoryPaymentArchive(database),
      GatewayStore: () => memoryGatewayStore(),
    }),
    sql: (store) => ({
      UnitOfWork: () =>
        sqlUnitOfWork(toolbox, store, (tx) => ({
          payments: postgresPaymentRepository(tx),
          ledger: postgresLedger(tx),
        })),
      Queries: () => postgresPaymentQueries(store.database),
      Archive: () => postgresPaymentArchive(store.database, recentOf(toolbox, store)),
      GatewayStore: () => sqlGatewayStore(store.database),
    }),
  });

const makeGateway = (
  { ids, clock, metrics }: Toolbox,
  settings: Settings,
  store: GatewayStore,
): PaymentGateway => {
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
  const mock = makeMockGateway(store, ids, clock, {
    latencyMs: settings.PAYMENT_MOCK_LATENCY_MS,
    failureRate: settings.PAYMENT_MOCK_FAILURE_RATE,
    random: seededRandom(settings.PAYMENT_MOCK_SEED),
    pause: async (ms: number) => {
      await pause(ms);
    },
  });
  return guarded(mock, policy);
};

/** The parts of the service. */
export const assemble = (toolbox: Toolbox) => {
  const { ids, clock, env } = toolbox;
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const gatewayStore = container.get(Storage.GatewayStore);

  const settings = readSettings(env);
  const gateway = makeGateway(toolbox, settings, gatewayStore);
  const run = makeRunPayments(clock, toWire);
  return {
    settings,
    unitOfWork,
    queries: container.get(Storage.Queries),
    archive: container.get(Storage.Archive),
    gatewayStore,
    gateway,
    openPayment: makeOpenPayment(unitOfWork, run, ids),
    commandPayment: makeCommandPayment(commandsInBatches(unitOfWork, run), ids),
    consumer: makePaymentConsumer(toolbox, unitOfWork, run),
    gatewayTasks: makeGatewayTasks(gateway, run, clock),
  };
};

export const compose = (toolbox: Toolbox): Composition => {
  const { settings, unitOfWork, queries, gateway, gatewayStore, ...parts } = assemble(toolbox);
  const { clock, logger, addresses, env } = toolbox;
  return {
    handlers: makeHandlers({
      openPayment: parts.openPayment,
      queries,
      gateway,
      personalData: makePersonalData(queries),
    }),
    errors,
    consumers: [parts.consumer],
    sweeps: [
      {
        name: 'names in payments about which claims have expired',
        everyMs: DAY,
        sweep: makeForgetPeople(parts.archive, clock),
      },
    ],
    workers: parts.gatewayTasks.map((tasks) => makeWorker(toolbox, unitOfWork, tasks)),
    attachments: [
      makeGrpcAddress(
        toolbox,
        {
          host: settings.PAYMENT_GRPC_HOST,
          port: settings.PAYMENT_GRPC_PORT,
          tls: readServerTls('PAYMENT_GRPC_TLS', env),
        },
        makeGrpcCommands(parts.commandPayment, queries),
      ),
      makeTokenAddress({
        store: gatewayStore,
        clock,
        logger,
        host: settings.PAYMENT_MOCK_GATEWAY_HOST,
        port: settings.PAYMENT_MOCK_GATEWAY_PORT,
        returnOrigins: settings.PAYMENT_MOCK_RETURN_ORIGINS,
        publish: (address) => {
          addresses.publish('mock-gateway', address);
        },
      }),
    ],
  };
};
