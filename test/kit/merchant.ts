import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Certificate } from './certificates.ts';
import type { Shopper } from './shopper.ts';

const PATH = '/api/v1/webhook-endpoints';

/** An event that the server received, with a valid signature. */
interface Heard {
  readonly type: string;
  readonly data: { readonly order_id: string };
}

/** A merchant's server, which receives webhooks about orders. */
export interface Merchant {
  /**
   * Registers it at the shop.
   * @param admin an administrator, who is logged in
   * @returns false if the shop does not allow its address
   */
  subscribe(admin: Shopper): Promise<boolean>;
  /** Types of what it has received about an order. */
  about(orderId: string): readonly string[];
  /** Its endpoint stays at the shop unless `admin` deletes it. */
  close(admin?: Shopper): Promise<void>;
}

/** @param certificate for TLS, which it is without if absent */
export const openMerchant = async (certificate?: Certificate): Promise<Merchant> => {
  const heard: Heard[] = [];
  let webhook: Webhook | undefined;
  let endpointId = '';
  const receive: RequestListener = (request, answer) => {
    void text(request).then((body) => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      try {
        heard.push(webhook?.verify(body, Object.fromEntries(headers)) as Heard);
        answer.writeHead(204).end();
      } catch {
        answer.writeHead(401).end();
      }
    });
  };
  const server = certificate ? createSecure(certificate, receive) : createPlain(receive);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    subscribe: async (admin) => {
      const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}/`;
      const wanted = { url, event_types: ['order.confirmed', 'order.delivered'] };
      const { status, body } = await admin.call('POST', PATH, [201, 422], wanted);
      if (status !== 201) return false;
      webhook = new Webhook(String(body.secret));
      endpointId = String(body.endpoint.endpoint_id);
      return true;
    },
    about: (orderId) => heard.filter(({ data }) => data.order_id === orderId).map(({ type }) => type),
    close: async (admin) => {
      if (endpointId !== '') await admin?.call('DELETE', `${PATH}/${endpointId}`, [204]);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
