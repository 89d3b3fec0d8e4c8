import { createShopClient, dataOf, ShopError, type Schemas, type ShopClient } from '#client/index.ts';
import { lookUntil } from './conditions.ts';
import { makeSend, type Answered, type Send } from './http.ts';

/** Test cards of the mock payment gateway. */
export const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000002',
  captureRefused: '4000000000000259',
  refundRefused: '4000000000005126',
  slow: '4000000000003220',
  shaky: '4000000000000119',
} as const;

export const ADDRESS = {
  recipient: 'Sam Shopper',
  line1: 'Karl-Marx-Allee 1',
  city: 'Berlin',
  postal_code: '10178',
  country: 'DE',
} as const;

/** Something to buy, as every journey names it. */
export interface Variant {
  readonly product_id: string;
  readonly variant_id: string;
  readonly sku: string;
  readonly price: number;
}

export type OrderView = Schemas['Order'];

export interface ReceivedMail {
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
}

/** The token in a mail that has one. */
export const tokenIn = (mail?: ReceivedMail): string | undefined =>
  /^ {2}(?<token>[\w-]{43})$/m.exec(mail?.text ?? '')?.groups?.['token'];

/** A quote, and its first shipping option. */
export type ShopperQuote = Schemas['Quote'] & { readonly option: Schemas['QuoteOption'] };

/** A customer who uses the shop's public API over HTTP. */
export class Shopper {
  readonly send: Send;
  readonly tokensUrl: string;
  /** What goes as it should; tries nothing twice, so that a test sees the first answer. */
  readonly shop: ShopClient;
  userId = '';

  /** @param tokensUrl where card numbers become tokens */
  constructor(shopUrl: string, tokensUrl: string) {
    this.send = makeSend(shopUrl);
    this.tokensUrl = tokensUrl;
    this.shop = createShopClient({ baseUrl: shopUrl, retries: { attempts: 1 } });
  }

  /** Sends as it is, as this person; throws unless the answer has one of the wanted statuses. */
  async call(
    method: string,
    path: string,
    wanted: readonly number[],
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const tokens = await this.shop.tokens.load();
    const answer = await this.send(method, path, {
      ...(tokens ? { token: tokens.accessToken } : {}),
      ...(body === undefined ? {} : { body }),
      headers,
    });
    if (!wanted.includes(answer.status))
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** What the mailbox has for an address, newest first. */
  async mailsTo(email: string): Promise<readonly ReceivedMail[]> {
    const { body } = await this.call('GET', `/dev/mailbox.json?to=${encodeURIComponent(email)}`, [200]);
    return body.items as readonly ReceivedMail[];
  }

  async register(email: string, password: string): Promise<void> {
    const body = { email, password, first_name: 'Sam', last_name: 'Shopper' };
    await this.shop.POST('/api/v1/users', { body });
    await this.logIn(email, password);
  }

  async logIn(email: string, password: string): Promise<void> {
    const { user_id } = await this.shop.logIn(email, password);
    this.userId = user_id;
  }

  /** A variant of which at least `units`, and no more than `most`, are in stock. */
  async findVariant(units: number, skip = 0, most = Infinity): Promise<Variant> {
    let cursor: { cursor?: string } = {};
    for (let seen = 0; ;) {
      const page = await dataOf(
        this.shop.GET('/api/v1/products', { params: { query: { limit: 20, ...cursor } } }),
      );
      for (const { product_id } of page.items) {
        const stock = await this.#stockOf(product_id);
        const found = stock.find(({ available }) => available >= units && available <= most);
        if (!found || seen++ < skip) continue;
        const product = await dataOf(
          this.shop.GET('/api/v1/products/{product_id}', { params: { path: { product_id } } }),
        );
        const variant = product.variants.find(({ variant_id }) => variant_id === found.variant_id);
        if (variant) return { ...variant, product_id };
      }
      if (page.next_cursor === undefined) throw new Error(`no variant with ${units} units in stock`);
      cursor = { cursor: page.next_cursor };
    }
  }

  async available({ product_id, variant_id }: Variant): Promise<number> {
    const stock = await this.#stockOf(product_id);
    return stock.find((one) => one.variant_id === variant_id)?.available ?? 0;
  }

  /** As a member of staff: makes it so many units that can be sold. */
  async stockUp(variant: Variant, units: number): Promise<void> {
    const delta = units - (await this.available(variant));
    const path = `/api/v1/inventory/variants/${variant.variant_id}/adjustments`;
    if (delta !== 0) await this.call('POST', path, [201], { delta, reason: 'For a test' });
  }

  async #stockOf(product_id: string): Promise<readonly Schemas['Availability'][]> {
    const params = { path: { product_id } };
    return (await dataOf(this.shop.GET('/api/v1/inventory/{product_id}', { params }))).items;
  }

  addToCart({ product_id, variant_id }: Variant, quantity = 1): Promise<Schemas['Cart']> {
    const params = { path: { user_id: this.userId } };
    const body = { product_id, variant_id, quantity };
    return dataOf(this.shop.POST('/api/v1/cart/{user_id}/items', { params, body }));
  }

  /** A single-use token for a card number; the number itself never reaches the shop. */
  async tokenise(number: string): Promise<string> {
    return (await this.#cardAt(number)).token;
  }

  /** Saves a card, which the payment gateway keeps; returns the ID of the payment method. */
  async saveCard(number: string): Promise<string> {
    const body = await this.#cardAt(number, { reusable: true });
    const params = { path: { user_id: this.userId } };
    const saved = await dataOf(this.shop.POST('/api/v1/users/{user_id}/payment-methods', { params, body }));
    return saved.payment_method_id;
  }

  async #cardAt(number: string, more: object = {}): Promise<Schemas['NewPaymentMethod']> {
    const answer = await makeSend(this.tokensUrl)('POST', '/v1/tokens', {
      body: { number, exp_month: 12, exp_year: 2031, cvc: '123', ...more },
    });
    if (answer.status !== 201 && answer.status !== 200)
      throw new Error(`no token: ${JSON.stringify(answer.body)}`);
    return answer.body as Schemas['NewPaymentMethod'];
  }

  /** What the cart comes to, and sent the first way. */
  async quote(address: Schemas['Address'] = ADDRESS): Promise<ShopperQuote> {
    const body = { shipping_address: address };
    const quote = await dataOf(this.shop.POST('/api/v1/checkout/quote', { body }));
    const [option] = quote.options;
    if (!option) throw new Error('no carrier delivers to this address');
    return { ...quote, option };
  }

  /** Orders what is in the cart at its quoted total, sent the first way. */
  async order(card: string, address: Schemas['Address'] = ADDRESS): Promise<OrderView> {
    return this.orderWith(await this.tokenise(card), address);
  }

  /** The same; undefined when others were faster, and the shop knows it already. */
  async orderUnlessSoldOut(card: string): Promise<OrderView | undefined> {
    try {
      return await this.order(card);
    } catch (error) {
      if (error instanceof ShopError && error.code === 'OUT_OF_STOCK') return undefined;
      throw error;
    }
  }

  /** The same, with a token for the card, or a saved payment method. */
  async orderWith(
    payment: Parameters<Shopper['place']>[1],
    address: Schemas['Address'] = ADDRESS,
  ): Promise<OrderView> {
    return this.place(await this.quote(address), payment, address);
  }

  /** Orders as quoted, sent the first way. */
  place(
    { cart_version, currency, option, quote_token }: ShopperQuote,
    payment: string | { readonly payment_method_id: string },
    address: Schemas['Address'] = ADDRESS,
  ): Promise<OrderView> {
    const body = {
      cart_version,
      shipping_address: address,
      shipping_option_id: option.shipping_option_id,
      ...(typeof payment === 'string' ? { payment_token: payment } : payment),
      expected_total: option.total,
      currency,
      ...(quote_token === undefined ? {} : { quote_token }),
    };
    const headers = { 'Idempotency-Key': `order-${this.userId}-${cart_version}` };
    return dataOf(this.shop.POST('/api/v1/orders', { body, headers }));
  }

  look(order_id: string): Promise<OrderView> {
    return dataOf(this.shop.GET('/api/v1/orders/{order_id}', { params: { path: { order_id } } }));
  }

  cancel(order_id: string): Promise<OrderView> {
    return dataOf(this.shop.PUT('/api/v1/orders/{order_id}/cancel', { params: { path: { order_id } } }));
  }

  /** Looks until `isThere`; throws after `patienceMs`. */
  async waitFor(
    orderId: string,
    isThere: (order: OrderView) => boolean,
    patienceMs = 30_000,
  ): Promise<OrderView> {
    const order = await lookUntil(() => this.look(orderId), isThere, { patienceMs });
    if (isThere(order)) return order;
    throw new Error(`order ${orderId} is still ${order.status}: ${JSON.stringify(order.timeline)}`);
  }

  waitForStatus(orderId: string, ...statuses: readonly string[]): Promise<OrderView> {
    return this.waitFor(orderId, ({ status }) => statuses.includes(status));
  }
}
