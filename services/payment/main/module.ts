import type { Composition, ServiceModule, Toolbox } from '#adapters/service/module.ts';
import { readServerTls } from '#adapters/service/tls.ts';
import { makeWorker } from '#adapters/service/parts.ts';
import { makeGrpcCommands } from '../adapters/grpc/commands.ts';
import { makeGrpcAddress } from '../adapters/grpc/grpc-address.ts';
import { errors } from '../adapters/http/errors.ts';
import { makeHandlers } from '../adapters/http/handlers.ts';
import { makePaymentConsumer } from '../adapters/messaging/consumer.ts';
import { makeTokenAddress } from '../adapters/mock-gateway/token-address.ts';
import { migrations } from '../adapters/postgres/migrations.ts';
import { makeContainer, Parts } from './container.ts';

const compose = (toolbox: Toolbox): Composition => {
  const container = makeContainer(toolbox);
  const settings = container.get(Parts.Settings);
  const unitOfWork = container.get(Parts.UnitOfWork);
  const queries = container.get(Parts.Queries);
  const { clock, logger, addresses } = toolbox;
  return {
    handlers: makeHandlers({ openPayment: container.get(Parts.OpenPayment), queries }),
    errors,
    consumers: [makePaymentConsumer(toolbox, unitOfWork, container.get(Parts.CarryOut))],
    workers: container.get(Parts.GatewayTasks).map((tasks) => makeWorker(toolbox, unitOfWork, tasks)),
    attachments: [
      makeGrpcAddress(
        toolbox,
        {
          host: settings.PAYMENT_GRPC_HOST,
          port: settings.PAYMENT_GRPC_PORT,
          tls: readServerTls('PAYMENT_GRPC_TLS', toolbox.env),
        },
        makeGrpcCommands(container.get(Parts.CommandPayment), queries),
      ),
      makeTokenAddress({
        store: container.get(Parts.GatewayStore),
        clock,
        logger,
        host: settings.PAYMENT_MOCK_GATEWAY_HOST,
        port: settings.PAYMENT_MOCK_GATEWAY_PORT,
        publish: (address) => {
          addresses.publish('mock-gateway', address);
        },
      }),
    ],
  };
};

export const payment: ServiceModule = {
  name: 'payment',
  spec: new URL('../../../openapi/payment.yaml', import.meta.url),
  migrations,
  compose,
};
