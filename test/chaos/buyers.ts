import { ADDRESS, CARDS, Shopper, type Variant } from '#test/kit/shopper.ts';
import { persistent } from '#test/kit/conditions.ts';

export interface Purchase {
  readonly orderId: string;
}

export interface BuyersOptions {
  readonly url: string;
  readonly tokensUrl: string;
  readonly orders: number;
  readonly buyers: number;
  /** What they buy; the first is scarce. */
  readonly variants: readonly Variant[];
  readonly random: () => number;
  /** Told after each order that was accepted; the buyer goes on when it resolves. */
  readonly onOrder: (accepted: number) => Promise<void>;
}

const UNIQUE = Date.now().toString(36);

/** Most pay; some cards are declined, or fail at the capture. */
const cardFor = (random: () => number): string => {
  const dice = random();
  if (dice < 0.05) return CARDS.declined;
  if (dice < 0.1) return CARDS.captureRefused;
  return CARDS.good;
};

/**
 * Places so many orders, each once however often it must be asked for, and changes its mind about some. Resolves with
 * those that the shop has accepted.
 */
export const buyEverything = async (options: BuyersOptions): Promise<readonly Purchase[]> => {
  const { url, tokensUrl, orders, variants, random, onOrder } = options;
  const purchases: Purchase[] = [];
  let wanted = orders;

  const shop = async (number: number): Promise<void> => {
    const buyer = new Shopper(url, tokensUrl);
    const email = `chaos-${UNIQUE}-${number}@example.com`;
    const password = 'a-password-that-survives';
    await persistent(async () => {
      // A registration whose answer was lost has made the account.
      await buyer.register(email, password).catch(() => buyer.logIn(email, password));
    });
    const loggedIn = <T>(work: () => Promise<T>): Promise<T> =>
      persistent(() =>
        work().catch(async (error: unknown) => {
          if (String(error).includes('answered 401')) await buyer.logIn(email, password);
          throw error;
        }),
      );
    while (wanted > 0) {
      wanted -= 1;
      const variant = variants[random() < 0.2 ? 0 : Math.floor(random() * variants.length)];
      if (!variant) throw new Error('nothing to buy');
      const orderId = await loggedIn(() => place(buyer, variant, cardFor(random)));
      if (orderId === undefined) {
        wanted += 1; // sold out: something else, then
        continue;
      }
      purchases.push({ orderId });
      await onOrder(purchases.length);
      if (random() < 0.1) await loggedIn(() => cancel(buyer, orderId));
    }
  };
  await Promise.all(Array.from({ length: options.buyers }, (_, number) => shop(number)));
  return purchases;
};

/** Undefined when it is sold out. */
const place = async (buyer: Shopper, variant: Variant, card: string): Promise<string | undefined> => {
  await buyer.call('DELETE', `/api/v1/cart/${buyer.userId}`, [200, 204]);
  const added = await buyer.call('POST', `/api/v1/cart/${buyer.userId}/items`, [201, 409], {
    product_id: variant.product_id,
    variant_id: variant.variant_id,
    quantity: 1,
  });
  if (added.status === 409 && added.body.code === 'OUT_OF_STOCK') return undefined;
  const quote = await buyer.quote();
  const [option] = quote.options;
  if (!option) throw new Error('no shipping option');
  const wish = {
    cart_version: quote.cart_version,
    shipping_address: ADDRESS,
    shipping_option_id: option.shipping_option_id,
    payment_token: await buyer.tokenise(card),
    expected_total: option.total,
    currency: quote.currency,
    quote_token: quote.quote_token,
  };
  // From here on retries use the same key: the response may be lost, but not the order.
  const key = { 'idempotency-key': `chaos-${buyer.userId}-${wish.cart_version}` };
  const placed = await persistent(() => buyer.call('POST', '/api/v1/orders', [201, 409], wish, key));
  if (placed.status === 201) return placed.body.order_id as string;
  if (placed.body.code === 'OUT_OF_STOCK') return undefined;
  throw new Error(`refused: ${JSON.stringify(placed.body)}`); // the caller starts over
};

const cancel = async (buyer: Shopper, orderId: string): Promise<void> => {
  await buyer.call('PUT', `/api/v1/orders/${orderId}/cancel`, [200, 409]);
};
