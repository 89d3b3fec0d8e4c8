import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { makeAuthority } from '#test/kit/certificates.ts';
import { atEnd, temporaryFile } from '#test/kit/cleanup.ts';
import type { Profile, TestShop } from './shop.ts';

const TYPES = ['order.confirmed', 'order.delivered'] as const;

/** An event that a merchant's server received, with a valid signature. */
export interface Heard {
  readonly type: string;
  readonly data: { readonly order_id: string };
}

/** A merchant's server: with TLS where the shop insists on it. */
export const openMerchant = async (profile: Profile) => {
  const heard: Heard[] = [];
  let webhook: Webhook | undefined;
  const receive: RequestListener = (request, answer) => {
    void text(request).then((body) => {
      try {
        const headers = Object.entries(request.headers).map(
          ([name, value]) => [name, String(value)] as const,
        );
        heard.push(webhook?.verify(body, Object.fromEntries(headers)) as Heard);
        answer.writeHead(204).end();
      } catch {
        answer.writeHead(401).end();
      }
    });
  };
  const authority = profile === 'distributed' ? await makeAuthority() : undefined;
  const server = authority ? createSecure(await authority.issue('merchant'), receive) : createPlain(receive);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const env: Readonly<Record<string, string>> = {
    NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: 'true',
    ...(authority && { NODE_EXTRA_CA_CERTS: temporaryFile(authority.cert) }),
  };
  return {
    /** Settings with which the shop can call it. */
    env,
    /** Subscribes it to what happens to orders. */
    subscribe: async (shop: TestShop): Promise<void> => {
      const admin = await shop.staff('admin@example.com', 'demo-admin-1');
      const url = `${authority ? 'https' : 'http'}://127.0.0.1:${port}/`;
      const endpoint = { url, event_types: TYPES };
      const { body } = await admin.call('POST', '/api/v1/webhook-endpoints', [201], endpoint);
      webhook = new Webhook(String(body.secret));
    },
    /** Types of what it has heard about an order. */
    about: (orderId: string): readonly string[] =>
      heard.filter(({ data }) => data.order_id === orderId).map(({ type }) => type),
  };
};
