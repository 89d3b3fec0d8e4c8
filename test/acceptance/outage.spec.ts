import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, CARDS, type Shopper, type Variant } from '#test/kit/shopper.ts';
import { closeTestShops, openTestShop, type TestShop } from './shop.ts';

describe('when a service of a running shop ends', () => {
  let test: TestShop;
  let shopper: Shopper;
  let variant: Variant;

  beforeEach(async () => {
    test = await openTestShop();
    shopper = await test.shopper();
    variant = await shopper.findVariant(5);
  });

  afterEach(closeTestShops);

  const end = async (name: string): Promise<void> => {
    const service = test.services.get(name);
    if (!service) throw new Error(`there is no service ${name}`);
    await service.stop();
  };

  /** Only this part of the shop does not answer, and says so. */
  const expectAway = async (method: string, path: string, body?: unknown): Promise<void> => {
    const answer = await shopper.call(method, path, [503], body);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ status: 503, code: 'UNAVAILABLE', instance: path });
  };

  const expectTheRestToWork = async (): Promise<void> => {
    await shopper.call('GET', '/api/v1/products?limit=1&sort=name', [200]);
    await shopper.call('GET', `/api/v1/products/${variant.product_id}`, [200]);
    await shopper.call('GET', `/api/v1/inventory/${variant.product_id}`, [200]);
    await shopper.call('GET', `/api/v1/users/${shopper.userId}`, [200]);
    await test.staff('orders@example.com', 'demo-orders-1'); // logs in
  };

  const cartPath = (): string => `/api/v1/cart/${shopper.userId}`;

  it('the cart: only carts and what needs them return 503', async () => {
    await end('cart');
    await expectAway('GET', cartPath());
    await expectAway('DELETE', cartPath());
    await expectAway('POST', '/api/v1/carts');
    await expectAway('POST', '/api/v1/checkout/quote', { shipping_address: ADDRESS });
    await shopper.call('GET', `/api/v1/users/${shopper.userId}/orders`, [200]);
    await expectTheRestToWork();
  });

  it('the orders: only orders return 503; carts can be filled', async () => {
    await end('order');
    await expectAway('GET', `/api/v1/users/${shopper.userId}/orders`);
    await expectAway('POST', '/api/v1/checkout/quote', { shipping_address: ADDRESS });
    await shopper.addToCart(variant, 2);
    await expectTheRestToWork();
  });

  it('both: products can still be browsed', async () => {
    await end('cart');
    await end('order');
    await expectAway('GET', cartPath());
    await expectAway('GET', `/api/v1/users/${shopper.userId}/orders`);
    await expectTheRestToWork();
  });

  it('catalog and shipping: a quote can still be ordered', async () => {
    await shopper.addToCart(variant);
    const quote = await shopper.quote();
    await end('catalog');
    await end('shipping');
    await expectAway('POST', '/api/v1/checkout/quote', { shipping_address: ADDRESS });
    const placed = await shopper.place(quote, await shopper.tokenise(CARDS.good));
    expect(placed.total_amount).toBe(quote.option.total);
  });

  it('the inventory: items are added unchecked, and orders are accepted', async () => {
    await end('inventory');
    await expectAway('GET', `/api/v1/inventory/${variant.product_id}`);
    const cart = await shopper.addToCart(variant, 2);
    expect(cart.items).toMatchObject([
      { variant_id: variant.variant_id, quantity: 2, price: variant.price, stock_checked: false },
    ]);
    expect((await shopper.order(CARDS.good)).status).toBe('pending'); // until the inventory is back
  });
});
