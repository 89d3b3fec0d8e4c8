import { request } from 'undici';
import { systemIds } from '#adapters/system/ids.ts';
import type { PrivateJwk } from '#adapters/auth/tokens.ts';
import { makeUserSigner, type UserSigner } from '#adapters/auth/user-tokens.ts';
import { ADDRESS, CARDS, Shopper } from '#test/kit/shopper.ts';
import { inParallel } from '../load.ts';
import { call } from './http.ts';
import type { Item } from './products.ts';

const TOKEN_S = 7_200;
const AT_ONCE = 16;

/** Where shoppers go. */
export interface ShopAddress {
  readonly url: string;
  /** Where card numbers become tokens. */
  readonly tokensUrl: string;
}

export interface Bencher {
  readonly userId: string;
  readonly token: string;
  readonly card: string;
}

export interface Quote {
  readonly cart_version: number;
  readonly currency: string;
  readonly options: readonly { readonly shipping_option_id: string; readonly total: number }[];
  readonly quote_token?: string;
}

/** Signs access tokens as the user service would. */
export const signerOf = (userKey: PrivateJwk): Promise<UserSigner> =>
  makeUserSigner(userKey, 'https://shop.local');

/** A user's access token. */
export const tokenFor = (sign: UserSigner, userId: string, ...roles: readonly string[]): Promise<string> =>
  sign({ sub: userId, email: `${userId}@example.com`, name: 'Bench', roles }, TOKEN_S);

/** People with a card, who do what a purchase takes, one request each. */
export class Shoppers {
  readonly #shop: ShopAddress;
  readonly #sign: UserSigner;

  constructor(shop: ShopAddress, sign: UserSigner) {
    this.#shop = shop;
    this.#sign = sign;
  }

  make(count: number): Promise<readonly Bencher[]> {
    const { url, tokensUrl } = this.#shop;
    return inParallel(AT_ONCE, Array.from({ length: count }), async () => {
      const userId = systemIds.next();
      const card = await new Shopper(url, tokensUrl).tokenise(CARDS.good);
      return { userId, token: await tokenFor(this.#sign, userId), card };
    });
  }

  add({ userId, token }: Bencher, item: Item): Promise<unknown> {
    const body = { ...item, quantity: 1 };
    return call('POST', `${this.#shop.url}/api/v1/cart/${userId}/items`, { token, body });
  }

  quote({ token }: Bencher): Promise<Quote> {
    const body = { shipping_address: ADDRESS };
    return call('POST', `${this.#shop.url}/api/v1/checkout/quote`, { token, body });
  }

  /** Answers the order's id. */
  async place({ token, card }: Bencher, quote: Quote, key?: string): Promise<string> {
    const [option] = quote.options;
    if (!option) throw new Error('no shipping option');
    const { order_id } = await call<{ order_id: string }>('POST', `${this.#shop.url}/api/v1/orders`, {
      token,
      headers: key === undefined ? {} : { 'idempotency-key': key },
      body: {
        cart_version: quote.cart_version,
        shipping_address: ADDRESS,
        shipping_option_id: option.shipping_option_id,
        payment_token: card,
        expected_total: option.total,
        currency: quote.currency,
        quote_token: quote.quote_token,
      },
    });
    return order_id;
  }

  /** Reads the order's event stream until it is confirmed. */
  async confirmed({ token }: Bencher, orderId: string): Promise<void> {
    const gone = new AbortController();
    const { body } = await request(`${this.#shop.url}/api/v1/orders/${orderId}/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: gone.signal,
    });
    body.on('error', () => undefined);
    let text = '';
    for await (const chunk of body as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text.includes('"status":"cancelled"')) throw new Error(`order ${orderId} was cancelled: ${text}`);
      if (text.includes('"status":"confirmed"')) break;
    }
    gone.abort();
  }
}
