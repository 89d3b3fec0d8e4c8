import { Container, ContainerModule } from 'inversify';
import { makeInProcessGrpcClient } from '#adapters/grpc/client.in-process.ts';
import { makeGrpcClient } from '#adapters/grpc/client.ts';
import { clientCredentials } from '#adapters/grpc/tls.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { readTls } from '#adapters/service/tls.ts';
import { makeConsumer, makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import {
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  type PaymentCommands as PaymentMethods,
} from '#contracts/grpc/payment.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { httpCarts, httpOffers, httpShippingQuotes, httpStock } from '../adapters/clients/neighbours.http.ts';
import { grpcPaymentCommands } from '../adapters/grpc/payment-commands.grpc.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers, type OrderUseCases } from '../adapters/http/handlers.ts';
import { memoryOrderQueries, memoryOrderRepository } from '../adapters/memory/memory-orders.ts';
import { reportHandlers } from '../adapters/messaging/reports.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { postgresOrderQueries, postgresOrderVersions } from '../adapters/postgres/order-queries.postgres.ts';
import { postgresOrderRepository } from '../adapters/postgres/order-repository.postgres.ts';
import { ProgressHub } from '../adapters/progress-hub.ts';
import { makeTaxTable } from '../adapters/tax/tax-table.ts';
import { makeCommandOrder } from '../core/application/command-order.ts';
import { makeHandleReports } from '../core/application/handle-reports.ts';
import { makePlaceOrder } from '../core/application/place-order.ts';
import { makePriceCart, type PriceCart } from '../core/application/price-cart.ts';
import { makeQuoteCheckout } from '../core/application/quote-checkout.ts';
import { makeRecord, type RecordEvents } from '../core/application/record.ts';
import { makeCaptureTask, makeRefundTask, makeTimerTask } from '../core/application/tasks.ts';
import { STATUSES } from '../core/domain/order.ts';
import type { PaymentCommands } from '../core/ports/neighbours.ts';
import type { OrderQueries } from '../core/ports/order-queries.ts';
import type { OrderTx } from '../core/ports/order-tx.ts';
import { readGrossMarkets, readPatience } from './settings.ts';

const UnitOfWorkPort = token<UnitOfWork<OrderTx>>('UnitOfWork');
const QueriesPort = token<OrderQueries>('OrderQueries');
const PaymentsPort = token<PaymentCommands>('PaymentCommands');
const PriceCartUseCase = token<PriceCart>('PriceCart');
const Progress = token<ProgressHub>('OrderProgress');
const UseCases = token<OrderUseCases>('OrderUseCases');

/** Neighbours are asked while a shopper waits: briefly, and once more, since asking changes nothing. */
const ASKING = { timeoutMs: 1_500, retries: 1 };
/** What can be done without is not waited for as long. */
const ASKING_BY_THE_WAY = { timeoutMs: 800, retries: 0 };
const PAYMENT_MS = 2_000;

const adapters = (toolbox: Toolbox): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const { store } = toolbox;
    const isAlone = toolbox.profile !== 'distributed' || store.kind === 'memory';
    const hub = new ProgressHub(isAlone ? undefined : postgresOrderVersions(store.database));
    bind(Progress).toConstantValue(hub);
    if (store.kind === 'memory') {
      const { database } = store;
      bind(UnitOfWorkPort).toResolvedValue(() =>
        memoryUnitOfWork(toolbox, database, (tx) => ({ orders: memoryOrderRepository(tx, hub.changed) })),
      );
      bind(QueriesPort).toResolvedValue(() => memoryOrderQueries(database));
    } else {
      bind(UnitOfWorkPort).toResolvedValue(() =>
        sqlUnitOfWork(toolbox, store, (tx) => ({ orders: postgresOrderRepository(tx, hub.changed) })),
      );
      bind(QueriesPort).toResolvedValue(() => postgresOrderQueries(store.database));
    }
    bind(PriceCartUseCase).toResolvedValue(() =>
      makePriceCart(
        httpCarts(toolbox.client('cart', ASKING)),
        httpOffers(toolbox.client('catalog', ASKING)),
        httpStock(toolbox.client('inventory', ASKING_BY_THE_WAY)),
        httpShippingQuotes(toolbox.client('shipping', ASKING)),
        makeTaxTable(readGrossMarkets(toolbox.env)),
      ),
    );
    bind(PaymentsPort).toResolvedValue(() => grpcPaymentCommands(paymentClient(toolbox)));
  });

const paymentClient = ({ name, neighbours, breakers, addresses, tokens, env }: Toolbox) => {
  const client = {
    proto: PAYMENT_PROTO,
    service: PAYMENT_SERVICE,
    scope: PAYMENT_SCOPE,
    timeoutMs: PAYMENT_MS,
    policy: makePolicy({
      name: 'payment',
      timeoutMs: PAYMENT_MS,
      retries: 2,
      onState: (open) => {
        breakers.set({ callee: 'payment' }, open);
      },
    }),
  };
  return neighbours
    ? makeInProcessGrpcClient<PaymentMethods>({
        ...client,
        caller: name,
        callee: () => neighbours.grpc.of(PAYMENT_SERVICE),
      })
    : makeGrpcClient<PaymentMethods>({
        ...client,
        audience: 'payment',
        address: () => addresses.of('payment.grpc'),
        tokens,
        credentials: clientCredentials(readTls('ORDER_GRPC_TLS', env)),
      });
};

const application = ({ ids, clock }: Toolbox, record: RecordEvents): ContainerModule =>
  new ContainerModule(({ bind }) => {
    bind(UseCases).toResolvedValue(
      (
        unitOfWork: UnitOfWork<OrderTx>,
        queries: OrderQueries,
        priceCart: PriceCart,
        progress: ProgressHub,
      ): OrderUseCases => ({
        quoteCheckout: makeQuoteCheckout(priceCart),
        placeOrder: makePlaceOrder(unitOfWork, record, priceCart, ids, clock),
        commandOrder: makeCommandOrder(unitOfWork, record, clock),
        newId: () => ids.next(),
        queries,
        progress,
      }),
      [UnitOfWorkPort, QueriesPort, PriceCartUseCase, Progress],
    );
  });

const compose = (toolbox: Toolbox): Composition => {
  const container = new Container({ defaultScope: 'Singleton' });
  const record = makeRecord(readPatience(toolbox.env));
  container.load(adapters(toolbox), application(toolbox, record));
  const unitOfWork = container.get(UnitOfWorkPort);
  const payments = container.get(PaymentsPort);
  const queries = container.get(QueriesPort);
  const { clock, metrics } = toolbox;
  metrics.gauge('orders', 'Orders by status', ['status'], async (gauge) => {
    const counts = await queries.counts();
    for (const status of STATUSES) gauge.set({ status }, counts.get(status) ?? 0);
  });
  return {
    handlers: makeHandlers(container.get(UseCases)),
    errors,
    consumers: [makeConsumer(toolbox, unitOfWork, 'order', reportHandlers(makeHandleReports(record, clock)))],
    workers: [
      makeWorker(toolbox, unitOfWork, makeCaptureTask(payments), { gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, makeRefundTask(payments, record, clock), { gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, makeTimerTask(record, clock), { isTimer: true }),
    ],
  };
};

export const order: ServiceModule = {
  name: 'order',
  schema: 'orders', // `order` is a word of SQL
  spec: new URL('../../../openapi/order.yaml', import.meta.url),
  migrations,
  compose,
};
