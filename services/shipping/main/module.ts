import type { Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { makeWorker, UNHURRIED_MS } from '#adapters/service/parts.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { makeShippingConsumer } from '../adapters/messaging/consumer.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { makeTrackingPoller } from '../adapters/tracking-poller.ts';
import { makePrintLabel } from '../core/application/print-label.ts';
import { makeQuoteShipping } from '../core/application/quote-shipping.ts';
import { makeContainer, Parts } from './container.ts';

const compose = (toolbox: Toolbox): Composition => {
  const container = makeContainer(toolbox);
  const unitOfWork = container.get(Parts.UnitOfWork);
  const queries = container.get(Parts.Queries);
  const carriers = container.get(Parts.Carriers);
  const { SHIPPING_POLL_MS: pollMs } = container.get(Parts.Settings);
  const trackParcels = container.get(Parts.TrackParcels);
  const { logger } = toolbox;
  return {
    handlers: makeHandlers({
      quoteShipping: makeQuoteShipping(carriers),
      printLabel: makePrintLabel(queries, carriers),
      queries,
    }),
    errors,
    consumers: [makeShippingConsumer(toolbox, unitOfWork, container.get(Parts.CarryOut))],
    workers: [
      // A timer: after a restart a cancel that waits on the bus goes first.
      makeWorker(toolbox, unitOfWork, container.get(Parts.Dispatch), {
        isTimer: true,
        gatherMs: UNHURRIED_MS,
      }),
      makeWorker(toolbox, unitOfWork, container.get(Parts.VoidLabel), { gatherMs: UNHURRIED_MS }),
    ],
    attachments: [...carriers].map(([carrierId, carrier]) =>
      makeTrackingPoller({ carrierId, carrier, trackParcels, pollMs, logger }),
    ),
  };
};

export const shipping: ServiceModule = {
  name: 'shipping',
  spec: new URL('../../../openapi/shipping.yaml', import.meta.url),
  migrations,
  compose,
};
