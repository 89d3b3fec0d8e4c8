import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** What a service's methods take and answer; described in TypeScript beside the `.proto` file. */
export type Methods<M> = {
  readonly [Name in keyof M]: { readonly request: object; readonly answer: object };
};

/** @param service its full name, `shop.payment.v1.PaymentCommands` */
export const loadService = (proto: URL, service: string): ServiceDefinition => {
  const definitions = loadSync(fileURLToPath(proto), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const found = definitions[service];
  // Messages and enums say which format they have; services do not.
  if (!found || typeof found['format'] === 'string')
    throw new Error(`${proto.pathname} defines no service ${service}`);
  return found;
};
