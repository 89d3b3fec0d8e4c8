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

/** Two variants of the shop’s answers that every journey reads. */
export interface Variant {
  readonly product_id: string;
  readonly variant_id: string;
  readonly sku: string;
  readonly price: number;
}

export interface OrderView {
  readonly order_id: string;
  readonly status: string;
  readonly total_amount: number;
  readonly refunded_total: number;
  readonly open_case?: string;
  readonly timeline: readonly { readonly status: string; readonly at: string; readonly detail: string }[];
}

/** A person at the shop's public API, over HTTP like everybody else. */
export class Shopper {
  readonly send: Send;
  readonly tokensUrl: string;
  userId = '';
  #token = '';

  /** @param tokensUrl where card numbers become tokens */
  constructor(shopUrl: string, tokensUrl: string) {
    this.send = makeSend(shopUrl);
    this.tokensUrl = tokensUrl;
  }

  /** Sends as this person; throws unless the answer has one of the wanted statuses. */
  async call(
    method: string,
    path: string,
    wanted: readonly number[],
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const answer = await this.send(method, path, {
      ...(this.#token === '' ? {} : { token: this.#token }),
      ...(body === undefined ? {} : { body }),
      headers,
    });
    if (!wanted.includes(answer.status))
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  async register(email: string, password: string): Promise<void> {
    await this.call('POST', '/api/v1/users', [201], {
      email,
      password,
      first_name: 'Sam',
      last_name: 'Shopper',
    });
    await this.logIn(email, password);
  }

  async logIn(email: string, password: string): Promise<void> {
    const { body } = await this.call('POST', '/api/v1/auth/login', [200], { email, password });
    this.useToken(body.access_token as string, body.user.user_id as string);
  }

  useToken(token: string, userId: string): void {
    this.#token = token;
    this.userId = userId;
  }

  /** A variant of which at least `units` are in stock. */
  async findVariant(units: number, skip = 0): Promise<Variant> {
    let cursor = '';
    for (let seen = 0; ;) {
      const { body: page } = await this.call('GET', `/api/v1/products?limit=20${cursor}`, [200]);
      for (const { product_id } of page.items as readonly { product_id: string }[]) {
        const { body: stock } = await this.call('GET', `/api/v1/inventory/${product_id}`, [200]);
        const found = (stock.items as readonly { variant_id: string; available: number }[]).find(
          ({ available }) => available >= units,
        );
        if (!found || seen++ < skip) continue;
        const { body: product } = await this.call('GET', `/api/v1/products/${product_id}`, [200]);
        const variant = (product.variants as readonly Variant[]).find(
          ({ variant_id }) => variant_id === found.variant_id,
        );
        if (variant) return { ...variant, product_id };
      }
      if (page.next_cursor === undefined) throw new Error(`no variant with ${units} units in stock`);
      cursor = `&cursor=${String(page.next_cursor)}`;
    }
  }

  async available({ product_id, variant_id }: Variant): Promise<number> {
    const { body } = await this.call('GET', `/api/v1/inventory/${product_id}`, [200]);
    return (
      (body.items as readonly { variant_id: string; available: number }[]).find(
        (one) => one.variant_id === variant_id,
      )?.available ?? 0
    );
  }

  async addToCart({ product_id, variant_id }: Variant, quantity = 1): Promise<Answered> {
    return this.call('POST', `/api/v1/cart/${this.userId}/items`, [201], {
      product_id,
      variant_id,
      quantity,
    });
  }

  /** A single-use token for a card number; the number itself never reaches the shop. */
  async tokenise(number: string): Promise<string> {
    const answer = await makeSend(this.tokensUrl)('POST', '/v1/tokens', {
      body: { number, exp_month: 12, exp_year: 2031, cvc: '123' },
    });
    if (answer.status !== 201 && answer.status !== 200)
      throw new Error(`no token: ${JSON.stringify(answer.body)}`);
    return answer.body.token as string;
  }

  async quote(address: object = ADDRESS): Promise<Answered> {
    return this.call('POST', '/api/v1/checkout/quote', [200], { shipping_address: address });
  }

  /** Orders what is in the cart at its quoted total, sent the first way. */
  async order(card: string, address: object = ADDRESS): Promise<OrderView> {
    const { body: quote } = await this.quote(address);
    const [option] = quote.options;
    const wish = {
      cart_version: quote.cart_version as number,
      shipping_address: address,
      shipping_option_id: option.shipping_option_id as string,
      payment_token: await this.tokenise(card),
      expected_total: option.total as number,
      currency: quote.currency as string,
    };
    const key = { 'idempotency-key': `order-${this.userId}-${wish.cart_version}` };
    return (await this.call('POST', '/api/v1/orders', [201], wish, key)).body as OrderView;
  }

  async look(orderId: string): Promise<OrderView> {
    return (await this.call('GET', `/api/v1/orders/${orderId}`, [200])).body as OrderView;
  }

  async cancel(orderId: string): Promise<OrderView> {
    return (await this.call('PUT', `/api/v1/orders/${orderId}/cancel`, [200])).body as OrderView;
  }

  /** Looks until `isThere`; throws after `patienceMs`. */
  async waitFor(
    orderId: string,
    isThere: (order: OrderView) => boolean,
    patienceMs = 30_000,
  ): Promise<OrderView> {
    const until = Date.now() + patienceMs;
    for (;;) {
      const order = await this.look(orderId);
      if (isThere(order)) return order;
      if (Date.now() > until)
        throw new Error(`order ${orderId} is still ${order.status}: ${JSON.stringify(order.timeline)}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  waitForStatus(orderId: string, ...statuses: readonly string[]): Promise<OrderView> {
    return this.waitFor(orderId, ({ status }) => statuses.includes(status));
  }
}
