import { expect, it } from 'vitest';
import { describeContract } from '#test/kit/pact/contract.ts';
import { currency, eachLike, number, uuid } from '#test/kit/pact/matchers.ts';
import { openSubscriber } from '#test/kit/pact/subscriber.ts';
import { isRefunded, reviewable } from '../../core/domain/purchase.ts';
import { review } from '../../main/module.ts';
import { delivered, placed, PRODUCT } from '../review.rig.ts';
import { openReviews } from '../stores.rig.ts';

const ORDER = '0190a000-0000-7000-8000-000000000002';
const USER = '0190a000-0000-7000-8000-000000000003';

/** What the service knows about the order after the events. */
const purchaseAfter = async (...events: Parameters<Awaited<ReturnType<typeof openSubscriber>>['hear']>) => {
  const { toolbox, hear } = await openSubscriber(review);
  for (const event of events) await hear(event);
  const purchase = (await openReviews(toolbox).purchases.findAll([ORDER])).get(ORDER);
  if (!purchase) throw new Error('the order is unknown');
  return { toolbox, hear, purchase };
};

const about = { order_id: uuid(ORDER), customer: { user_id: uuid(USER) } };

describeContract('review', 'order', (contract) => {
  it('what a shopper has ordered', () =>
    contract.hears(
      'order.placed',
      {
        ...about,
        items: eachLike({ product_id: uuid(PRODUCT) }),
        total_amount: number(20),
        currency: currency(),
      },
      async (event) => {
        const { purchase } = await purchaseAfter(event);
        expect(purchase).toMatchObject({ userId: USER, productIds: [PRODUCT], totalMinor: 2_000 });
      },
    ));

  it('that a user has claimed the order of a guest, to let them review its products', () =>
    contract.hears('order.claimed', about, async (event) => {
      const { hear, toolbox } = await purchaseAfter(event);
      await hear(placed(ORDER, ORDER, PRODUCT));
      await hear(delivered(ORDER, ORDER));
      const purchase = await openReviews(toolbox).purchases.entitling(USER, PRODUCT);
      expect(purchase?.userId).toBe(USER);
    }));

  it('that an order is delivered, so that its products can be reviewed', () =>
    contract.hears('order.delivered', about, async (event) => {
      const { hear, toolbox } = await purchaseAfter(event);
      await hear(placed(USER, ORDER, PRODUCT));
      const purchase = await openReviews(toolbox).purchases.entitling(USER, PRODUCT);
      expect(purchase && reviewable(purchase)).toEqual([PRODUCT]);
    }));

  it('that an order is refunded, to say so in reviews', () =>
    contract.hears(
      'order.refunded',
      { ...about, refunded_total: number(20), currency: currency() },
      async (event) => {
        const { hear, toolbox } = await purchaseAfter(event);
        await hear(placed(USER, ORDER, PRODUCT));
        await hear(delivered(USER, ORDER));
        const purchase = (await openReviews(toolbox).purchases.findAll([ORDER])).get(ORDER);
        expect(purchase && isRefunded(purchase, PRODUCT)).toBe(true);
      },
    ));

  it('that a refund that failed was paid in another way, to say so in reviews', () =>
    contract.hears(
      'order.refund_settled',
      { ...about, settled_total: number(20), currency: currency() },
      async (event) => {
        const { hear, toolbox } = await purchaseAfter(event);
        await hear(placed(USER, ORDER, PRODUCT));
        await hear(delivered(USER, ORDER));
        const purchase = (await openReviews(toolbox).purchases.findAll([ORDER])).get(ORDER);
        expect(purchase && isRefunded(purchase, PRODUCT)).toBe(true);
      },
    ));
});
