import { Container, type ContainerModule } from 'inversify';
import { derivedKey } from '#adapters/auth/derived-key.ts';
import { makeGrpcClient } from '#adapters/grpc/client.ts';
import { makeInProcessGrpcClient } from '#adapters/grpc/client.in-process.ts';
import { clientCredentials } from '#adapters/grpc/tls.ts';
import { currentCause } from '#adapters/context/cause.ts';
import { makePolicy } from '#adapters/resilience/policy.ts';
import type { Composition, Toolbox } from '#adapters/service/module.ts';
import { readTls } from '#adapters/service/tls.ts';
import { makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { storageOn } from '#adapters/service/storage.ts';
import { token } from '#adapters/service/token.ts';
import { memoryUnitOfWork, recentOf, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import {
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  type PaymentCommands as PaymentMethods,
} from '#contracts/grpc/payment.ts';
import { DAY, MINUTE, SECOND } from '#kernel/clock.ts';
import type { UnitOfWork } from '#kernel/unit-of-work.ts';
import { audited } from '../adapters/audited.ts';
import {
  httpCarts,
  httpOffers,
  httpPaymentMethods,
  httpReturnLabels,
  httpShippingQuotes,
  httpStock,
} from '../adapters/clients/upstreams.http.ts';
import { grpcPaymentCommands } from '../adapters/grpc/payment-commands.grpc.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { memoryInvoiceQueries } from '../adapters/memory/invoices.memory.ts';
import { memoryOrderArchive } from '../adapters/memory/order-archive.memory.ts';
import { memoryOrderQueries } from '../adapters/memory/orders.memory.ts';
import { memoryOrderTx } from '../adapters/memory/order-tx.memory.ts';
import { memoryReturnQueries } from '../adapters/memory/returns.memory.ts';
import { memoryStaffFileQueries } from '../adapters/memory/staff-files.memory.ts';
import { makeOrderConsumer } from '../adapters/messaging/consumer.ts';
import { makeToWire } from '../adapters/messaging/order-links.ts';
import { makeReturnToWire } from '../adapters/messaging/return-events.ts';
import { postgresInvoiceQueries } from '../adapters/postgres/invoices.postgres.ts';
import { postgresOrderArchive } from '../adapters/postgres/order-archive.postgres.ts';
import { postgresOrderQueries, postgresOrderVersions } from '../adapters/postgres/order-queries.postgres.ts';
import { postgresOrderTx } from '../adapters/postgres/order-tx.postgres.ts';
import { postgresReturnQueries } from '../adapters/postgres/returns.postgres.ts';
import { postgresStaffFileQueries } from '../adapters/postgres/staff-files.postgres.ts';
import { ProgressHub } from '../adapters/progress-hub.ts';
import { makeOrderTokens } from '../adapters/security/order-tokens.ts';
import { signedQuotes } from '../adapters/security/signed-quotes.ts';
import { printCreditNote, printInvoice, printPackingSlips } from '../adapters/pdf/documents.ts';
import { makeClaimTask } from '../adapters/tasks/claim-task.ts';
import { makeInvoiceTask } from '../adapters/tasks/invoice-task.ts';
import { makeCaptureTask, makeRefundTask, makeTimerTask } from '../adapters/tasks/order-tasks.ts';
import { makeSettleTask } from '../adapters/tasks/settle-task.ts';
import { makeTaxTable } from '../adapters/tax/tax-table.ts';
import { makeChangeAddress } from '../core/application/change-address.ts';
import { makeClaimOrders } from '../core/application/claim-orders.ts';
import { makeCommandOrder } from '../core/application/command-order.ts';
import { makeReturns } from '../core/application/command-returns.ts';
import { makeDocumentsOf, makeInvoiceOf, makeIssueInvoices } from '../core/application/issue-invoices.ts';
import { makeAddNote, makeFileOrders, makeRemoveNote } from '../core/application/keep-staff-files.ts';
import { makeForgetOld, makePersonalData } from '../core/application/personal-data.ts';
import { makePlaceOrder } from '../core/application/place-order.ts';
import { makePriceCart } from '../core/application/price-cart.ts';
import { makeQuoteCheckout } from '../core/application/quote-checkout.ts';
import { makeRelist } from '../core/application/relist.ts';
import { makeReturnWords } from '../core/application/return-words.ts';
import { makeRunOrders } from '../core/application/run-orders.ts';
import { makeRunReturns } from '../core/application/run-returns.ts';
import { makeSettleReturn } from '../core/application/settle-returns.ts';
import type { InvoiceQueries } from '../core/ports/invoices.ts';
import type { OrderArchive, OrderQueries } from '../core/ports/order-queries.ts';
import type { OrderTx } from '../core/ports/order-tx.ts';
import type { QuoteTokens } from '../core/ports/quote-tokens.ts';
import type { ReturnQueries } from '../core/ports/returns.ts';
import type { StaffFileQueries } from '../core/ports/staff-files.ts';
import {
  readGrossMarkets,
  readLinkSecret,
  readPatience,
  readQuoteValidity,
  readReturnTerms,
  readSeller,
  readTimeZone,
} from './settings.ts';

/** Chosen by the profile: where state is stored. */
const Storage = {
  UnitOfWork: token<UnitOfWork<OrderTx>>('UnitOfWork'),
  Queries: token<OrderQueries>('OrderQueries'),
  Archive: token<OrderArchive>('OrderArchive'),
  StaffFiles: token<StaffFileQueries>('StaffFileQueries'),
  Returns: token<ReturnQueries>('ReturnQueries'),
  Invoices: token<InvoiceQueries>('InvoiceQueries'),
};

const storage = (toolbox: Toolbox, { changed }: ProgressHub): ContainerModule =>
  storageOn(toolbox.store, Storage, {
    memory: ({ database }) => ({
      UnitOfWork: () => memoryUnitOfWork(toolbox, database, memoryOrderTx(changed), audited),
      Queries: () => memoryOrderQueries(database),
      Archive: () => memoryOrderArchive(database),
      StaffFiles: () => memoryStaffFileQueries(database),
      Returns: () => memoryReturnQueries(database),
      Invoices: () => memoryInvoiceQueries(database),
    }),
    sql: (store) => ({
      UnitOfWork: () => sqlUnitOfWork(toolbox, store, postgresOrderTx(changed), audited),
      Queries: () => postgresOrderQueries(store.database, recentOf(toolbox, store)),
      Archive: () => postgresOrderArchive(store.database, recentOf(toolbox, store)),
      StaffFiles: () => postgresStaffFileQueries(store.database),
      Returns: () => postgresReturnQueries(store.database),
      Invoices: () => postgresInvoiceQueries(store.database),
    }),
  });

/** Reads while a customer waits: a short timeout and one retry. */
const READ = { timeoutMs: 1_500, retries: 1 };
/** Optional data gets a shorter timeout. */
const OPTIONAL_READ = { timeoutMs: 800, retries: 0 };
/** The user service asks payment, and that its gateway. A repeated call leaves a token that no order uses. */
const PAYMENT_METHOD = { timeoutMs: 3_000, retries: 1 };
/** Shipping asks a carrier. A repeated call gets the same label. */
const LABEL = { timeoutMs: 5_000, retries: 1 };
const PAYMENT_MS = 2_000;

const pricing = ({ client, clock, env }: Toolbox, quotes: QuoteTokens, validMs: number) =>
  makePriceCart(
    {
      carts: httpCarts(client('cart', READ)),
      stock: httpStock(client('inventory', OPTIONAL_READ)),
      offers: httpOffers(client('catalog', READ)),
      shipping: httpShippingQuotes(client('shipping', READ)),
      taxes: makeTaxTable(readGrossMarkets(env)),
      quotes,
      validMs,
    },
    clock,
  );

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

/** The statuses of orders that are not over. Others only grow. */
const UNDER_WAY = ['pending', 'confirmed', 'shipped', 'lost', 'returned'] as const;

/** More orders of a status are not counted, so that a scrape never takes long. */
const MOST_COUNTED = 10_000;

/** The statuses that an order leaves without any act of staff. */
const AWAITED = ['pending', 'confirmed'] as const;

export const compose = (toolbox: Toolbox): Composition => {
  const { profile, store, ids, clock, metrics, env, key, client } = toolbox;
  const isAlone = profile !== 'distributed' || store.kind === 'memory';
  const progress = new ProgressHub(isAlone ? undefined : postgresOrderVersions(store.database));
  const container = new Container({ defaultScope: 'Singleton' });
  container.load(storage(toolbox, progress));
  const unitOfWork = container.get(Storage.UnitOfWork);
  const queries = container.get(Storage.Queries);

  const payments = grpcPaymentCommands(paymentClient(toolbox));
  const quotes = signedQuotes(derivedKey(key, 'prices of quotes'));
  const validMs = readQuoteValidity(env);
  const priceCart = pricing(toolbox, quotes, validMs);
  const paymentMethods = httpPaymentMethods(client('user', PAYMENT_METHOD));
  const tokens = makeOrderTokens(readLinkSecret(env) ?? derivedKey(key, 'links to orders'), clock);
  const issueInvoices = makeIssueInvoices(makeTaxTable(), readSeller(env), clock);
  const invoiceOf = makeInvoiceOf(container.get(Storage.Invoices), unitOfWork, issueInvoices);
  const patience = readPatience(env);
  const run = makeRunOrders(clock, makeToWire(tokens), patience, currentCause);
  const terms = readReturnTerms(env);
  const runReturns = makeRunReturns(clock, makeReturnToWire({ tokens, returnAddress: terms.address }));
  metrics.gauge(
    'orders',
    `Orders that are not over, by status, at most ${MOST_COUNTED} of each`,
    ['status'],
    async (gauge) => {
      for (const status of UNDER_WAY)
        gauge.set({ status }, await queries.countUpTo(MOST_COUNTED, { statuses: [status] }));
    },
  );
  metrics.gauge(
    'orders_oldest_seconds',
    'Time since the oldest order that waits in a status was placed; 0 if there is none',
    ['status'],
    async (gauge) => {
      for (const status of AWAITED) {
        const oldest = await queries.oldest(status);
        gauge.set({ status }, oldest ? (clock.now().getTime() - oldest.getTime()) / SECOND : 0);
      }
    },
  );
  return {
    handlers: makeHandlers({
      quoteCheckout: makeQuoteCheckout(priceCart, quotes, clock, validMs),
      placeOrder: makePlaceOrder(unitOfWork, run, priceCart, paymentMethods, ids, clock),
      commandOrder: makeCommandOrder(unitOfWork, run),
      changeAddress: makeChangeAddress(unitOfWork, run, makeTaxTable()),
      returns: makeReturns(unitOfWork, run, runReturns, { ids, clock, ...terms }),
      returnQueries: container.get(Storage.Returns),
      returnLabels: httpReturnLabels(client('shipping', LABEL)),
      offers: httpOffers(client('catalog', READ)),
      returnAddress: terms.address,
      returnWindowMs: terms.windowMs,
      clock,
      newId: () => ids.next(),
      queries,
      patience,
      timeZone: readTimeZone(env),
      progress,
      personalData: makePersonalData(queries, unitOfWork, makeReturnWords(unitOfWork, runReturns)),
      tokens,
      files: container.get(Storage.StaffFiles),
      addNote: makeAddNote(unitOfWork, ids, clock),
      removeNote: makeRemoveNote(unitOfWork),
      fileOrders: makeFileOrders(unitOfWork),
      invoiceOf,
      documentsOf: makeDocumentsOf(container.get(Storage.Invoices), invoiceOf, unitOfWork, issueInvoices),
      printInvoice,
      printCreditNote,
      printPackingSlips,
    }),
    errors,
    consumers: [makeOrderConsumer(toolbox, unitOfWork, run)],
    workers: [
      makeWorker(toolbox, unitOfWork, makeCaptureTask(payments), { gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, makeRefundTask(payments, run), { gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, makeTimerTask(run), { isTimer: true }),
      makeWorker(toolbox, unitOfWork, makeSettleTask(makeSettleReturn(run, runReturns))),
      makeWorker(toolbox, unitOfWork, makeInvoiceTask(issueInvoices), { gatherMs: UNHURRIED_MS }),
      makeWorker(toolbox, unitOfWork, makeClaimTask(makeClaimOrders(run)), { gatherMs: UNHURRIED_MS }),
    ],
    sweeps: [
      {
        name: 'orders that lists do not show yet',
        everyMs: MINUTE,
        sweep: makeRelist(unitOfWork),
      },
      {
        name: 'orders too old for bookkeeping',
        everyMs: DAY,
        sweep: makeForgetOld(container.get(Storage.Archive), clock),
      },
    ],
  };
};
