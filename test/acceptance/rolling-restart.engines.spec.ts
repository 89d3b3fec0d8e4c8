import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShopError } from '#client/index.ts';
import { openTestFleet, type TestFleet } from '#test/kit/fleet.ts';
import { CARDS, Shopper } from '#test/kit/shopper.ts';
import { persistent } from '#test/kit/conditions.ts';
import { PATIENT } from '#test/kit/settings.ts';

const BUYERS = 3;

/** The cart is emptied a moment after its order was placed: who buys on at once may have to look again. */
const unlessCartChanged = (error: unknown): undefined => {
  if (!(error instanceof ShopError && error.code.startsWith('CART_'))) throw error;
};

describe('two instances of each service', () => {
  let rig: TestFleet;
  let stop: TestFleet['stop'] | undefined;
  beforeAll(async () => {
    rig = await openTestFleet(PATIENT, { instances: 2 });
    ({ stop } = rig);
  });
  afterAll(() => stop?.());

  it('are restarted in turn while customers buy, without an error', async () => {
    const { url, tokensUrl, processes } = rig.fleet;
    const variant = await new Shopper(url, tokensUrl).findVariant(30);
    const manager = new Shopper(url, tokensUrl);
    await manager.logIn('stock@example.com', 'demo-stock-1');
    await manager.stockUp(variant, 100_000);
    let isOver = false;
    const orders: [Shopper, string][] = [];

    /** Every call that does not answer as it should is an error. */
    const buy = async (number: number): Promise<void> => {
      const buyer = new Shopper(url, tokensUrl);
      await buyer.register(`restart-${number}@example.com`, 'a-password-that-survives');
      while (!isOver) {
        await buyer.findVariant(1);
        await buyer.addToCart(variant);
        const token = await persistent(() => buyer.tokenise(CARDS.good)); // of a mock that restarts with its service
        const order = await buyer.orderWith(token).catch(unlessCartChanged);
        if (!order) continue;
        orders.push([buyer, order.order_id]);
        await buyer.look(order.order_id);
      }
    };
    const restart = async (): Promise<void> => {
      for (const one of processes) if (one.name !== 'gateway') await one.restart();
      isOver = true;
    };
    const buying = Array.from({ length: BUYERS }, (_, number) => buy(number));
    await Promise.race([restart(), Promise.all(buying)]); // an error ends it at once
    await Promise.all(buying);
    expect(orders.length).toBeGreaterThan(BUYERS);
    for (const [buyer, order] of orders) await buyer.waitForStatus(order, 'delivered');
  }, 600_000);
});
