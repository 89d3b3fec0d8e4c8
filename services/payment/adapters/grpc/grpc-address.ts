import { makeGrpcCallee, makeInProcessGrpc, type GrpcHandlers } from '#adapters/grpc/callee.ts';
import { openGrpcServer, type GrpcServer } from '#adapters/grpc/server.ts';
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

/** The gRPC server of the commands, published as `payment.grpc`, and the same commands for services in this process. */
export const makeGrpcAddress = (
  toolbox: Pick<Toolbox, 'verify' | 'ids' | 'logger' | 'addresses' | 'neighbours'>,
  { host, port, tls }: GrpcAddressOptions,
  handlers: GrpcHandlers<PaymentCommands>,
): Attachment => {
  const { verify, ids, logger, addresses, neighbours } = toolbox;
  const guarded = { scope: PAYMENT_SCOPE, consumers: PAYMENT_CONSUMERS, handlers, ids, logger };
  const inProcess = makeInProcessGrpc(makeGrpcCallee<PaymentCommands>(guarded));
  let server: GrpcServer | undefined;
  return {
    start: async () => {
      neighbours?.grpc.publish(PAYMENT_SERVICE, inProcess);
      const credentials = serverCredentials(tls);
      server = await openGrpcServer<PaymentCommands>({
        ...guarded,
        proto: PAYMENT_PROTO,
        service: PAYMENT_SERVICE,
        verify,
        host,
        port,
        credentials,
      });
      addresses.publish('payment.grpc', `${host}:${server.port}`);
    },
    stop: async () => {
      inProcess.stop();
      await server?.close();
    },
  };
};
