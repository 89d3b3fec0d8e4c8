import { openGrpcServer, type GrpcHandlers, type GrpcServer } from '#adapters/grpc/server.ts';
import { serverCredentials } from '#adapters/grpc/tls.ts';
import type { Attachment, Toolbox } from '#adapters/service/module.ts';
import type { Tls } from '#adapters/service/tls.ts';
import {
  PAYMENT_CONSUMERS,
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  type PaymentCommands,
} from '#contracts/grpc/payment.ts';

export interface GrpcAddressOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: Tls;
}

/** The gRPC server of the commands, published as `payment.grpc`. */
export const makeGrpcAddress = (
  { verify, ids, logger, addresses }: Pick<Toolbox, 'verify' | 'ids' | 'logger' | 'addresses'>,
  { host, port, tls }: GrpcAddressOptions,
  handlers: GrpcHandlers<PaymentCommands>,
): Attachment => {
  let server: GrpcServer | undefined;
  return {
    start: async () => {
      const credentials = serverCredentials(tls);
      server = await openGrpcServer<PaymentCommands>({
        proto: PAYMENT_PROTO,
        service: PAYMENT_SERVICE,
        scope: PAYMENT_SCOPE,
        consumers: PAYMENT_CONSUMERS,
        handlers, verify, ids, logger, host, port, credentials,
      }); // prettier-ignore
      addresses.publish('payment.grpc', `${host}:${server.port}`);
    },
    stop: async () => {
      await server?.close();
    },
  };
};
