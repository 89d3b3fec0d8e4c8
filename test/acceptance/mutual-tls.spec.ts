import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeGrpcClient } from '#adapters/grpc/client.ts';
import { GrpcProblem } from '#adapters/grpc/problem.ts';
import { clientCredentials } from '#adapters/grpc/tls.ts';
import { makePolicy, Outage } from '#adapters/resilience/policy.ts';
import type { Tls } from '#adapters/service/tls.ts';
import { freePort } from '#adapters/system/free-port.ts';
import {
  PAYMENT_PROTO,
  PAYMENT_SCOPE,
  PAYMENT_SERVICE,
  type PaymentCommands,
} from '#contracts/grpc/payment.ts';
import { makeAuthority, type Authority } from '#test/kit/certificates.ts';
import { temporaryFile } from '#test/kit/cleanup.ts';
import { CARDS } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

describe('order and payment with certificates', () => {
  let authority: Authority;
  let address: string;
  let test: TestShop;

  beforeAll(async () => {
    authority = await makeAuthority();
    const port = await freePort();
    address = `127.0.0.1:${port}`;
    const filesOf = async (service: string, prefix: string) => {
      const { cert, key } = await authority.issue(service);
      return {
        [`${prefix}_CA`]: temporaryFile(authority.cert),
        [`${prefix}_CERT`]: temporaryFile(cert),
        [`${prefix}_KEY`]: temporaryFile(key),
      };
    };
    test = await openTestShop({
      SHOP_TRANSPORT: 'network',
      PAYMENT_GRPC_PORT: String(port),
      ...(await filesOf('payment', 'PAYMENT_GRPC_TLS')),
      ...(await filesOf('order', 'ORDER_GRPC_TLS')),
    });
  });
  afterAll(closeTestShops);

  /** What a caller with a worthless token hears: the service's refusal, if it gets as far. */
  const answerTo = async (tls: Tls): Promise<unknown> => {
    const client = makeGrpcClient<PaymentCommands>({
      proto: PAYMENT_PROTO,
      service: PAYMENT_SERVICE,
      audience: 'payment',
      scope: PAYMENT_SCOPE,
      address: () => address,
      tokens: () => Promise.resolve('worthless'),
      timeoutMs: 5_000,
      policy: makePolicy({ name: 'payment', timeoutMs: 6_000, retries: 0 }),
      credentials: clientCredentials(tls),
    });
    try {
      return await client.Capture({ order_id: 'o' }).catch((error: unknown) => error);
    } finally {
      client.close();
    }
  };
  const pem = ({ cert, key }: { readonly cert: string; readonly key: string }) => ({
    cert: Buffer.from(cert),
    key: Buffer.from(key),
  });

  it('a purchase goes through', async () => {
    const shopper = await test.shopper();
    await shopper.addToCart(await shopper.findVariant(1));
    const { order_id } = await shopper.order(CARDS.good);
    const { timeline } = await shopper.waitForStatus(order_id, 'delivered');
    expect(timeline.map(({ detail }) => detail)).toContain('Payment captured');
  });

  it('payment accepts only clients with a certificate of its authority', async () => {
    const ca = Buffer.from(authority.cert);
    expect(await answerTo({ ca, ...pem(await authority.issue('a client')) })).toBeInstanceOf(GrpcProblem);

    expect(await answerTo({ ca })).toBeInstanceOf(Outage);
    expect(await answerTo({})).toBeInstanceOf(Outage);
    const stranger = await (await makeAuthority('Another')).issue('a client');
    expect(await answerTo({ ca, ...pem(stranger) })).toBeInstanceOf(Outage);
  });

  it('a caller accepts no server of another authority', async () => {
    const other = await makeAuthority('Another');
    const own = pem(await authority.issue('order'));
    expect(await answerTo({ ca: Buffer.from(other.cert), ...own })).toBeInstanceOf(Outage);
  });
});
