import { fileURLToPath } from 'node:url';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';

/** Requests and responses of a service's methods, described in TypeScript next to the `.proto` file. */
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
  // Messages and enums declare their format; services do not.
  if (!found || typeof found['format'] === 'string')
    throw new Error(`${proto.pathname} defines no service ${service}`);
  return found;
};
