import { lookUntil } from '#test/kit/conditions.ts';
import { SCRIPT, type Portal } from './portal.ts';
import { ADDRESS, CARDS, type OrderView, type Shopper } from '#test/kit/shopper.ts';

/** Orders in several states and reviews that wait for a moderator: what staff find in the morning. */
export interface Seeded {
  /** Paid and delivered. */
  readonly delivered: OrderView;
  /** Delivered; its customer asks to return one of two units. */
  readonly goingBack: OrderView;
  /** Lost by the carrier: waits for staff. */
  readonly lost: OrderView;
  readonly declined: OrderView;
}

const REVIEWS = [
  {
    rating: 1,
    title: 'Cheaper elsewhere',
    text: 'Do not buy here, look at www.example.com instead.\nIt costs half.',
    language: 'en',
  },
  {
    rating: 5,
    title: 'Lovely, write to me',
    text: 'I wear it every day. Questions? sam.shopper@example.org answers.',
    language: 'en',
  },
] as const;

/** The carrier searches for a while; on a busy machine for longer. */
const PATIENCE_MS = 120_000;

/** @param newShopper with an account */
export const seed = async (newShopper: () => Promise<Shopper>): Promise<Seeded> => {
  const buy = async (
    shopper: Shopper,
    skip: number,
    card: string,
    address = ADDRESS as typeof ADDRESS & { line2?: string },
  ): Promise<OrderView> => {
    const variant = await shopper.findVariant(10, skip);
    await shopper.addToCart(variant, 2);
    return shopper.order(card, address);
  };
  const [first, second, third, fourth] = await Promise.all([
    newShopper(),
    newShopper(),
    newShopper(),
    newShopper(),
  ]);
  const [bought, again, losing, refused] = [
    await buy(first, 0, CARDS.good),
    await buy(second, 0, CARDS.good),
    await buy(third, 1, CARDS.good, { ...ADDRESS, line2: 'LOSE' }),
    await buy(fourth, 2, CARDS.declined),
  ];
  const delivered = await first.waitForStatus(bought.order_id, 'delivered');
  const goingBack = await second.waitForStatus(again.order_id, 'delivered');
  await second.call('POST', `/api/v1/orders/${again.order_id}/returns`, [201], {
    lines: [{ variant_id: goingBack.items[0]?.variant_id, quantity: 1, reason: 'damaged' }],
    comment: SCRIPT,
  });
  const lost = await third.waitFor(losing.order_id, ({ status }) => status === 'lost', PATIENCE_MS);
  const declined = await fourth.waitForStatus(refused.order_id, 'cancelled');
  const product = delivered.items[0]?.product_id ?? '';
  for (const [index, shopper] of [first, second].entries())
    await lookUntil(
      () => shopper.call('POST', `/api/v1/products/${product}/reviews`, [201, 403], REVIEWS[index]),
      ({ status }) => status === 201,
      { patienceMs: 30_000 },
    );
  return { delivered, goingBack, lost, declined };
};

interface Many {
  readonly card?: string;
  /** Of the one variant in each. */
  readonly quantity?: number;
  /** Right after each order. */
  readonly onPlaced?: (order: OrderView) => Promise<unknown>;
}

/** Many small orders, each of another shopper. */
export const seedMany = async (
  { newShopper }: Pick<Portal, 'newShopper'>,
  count: number,
  { card = CARDS.good, quantity = 1, onPlaced = () => Promise.resolve() }: Many = {},
): Promise<readonly OrderView[]> => {
  const shoppers = await Promise.all(Array.from({ length: count }, newShopper));
  const orders: OrderView[] = [];
  for (const shopper of shoppers) {
    await shopper.addToCart(await shopper.findVariant(count * quantity), quantity);
    const order = await shopper.order(card);
    await onPlaced(order);
    orders.push(order);
  }
  return orders;
};

/** The same, paid and on hold: the card takes two seconds, so that no parcel leaves before staff have asked to hold it. */
export const seedHeld = async (
  portal: Pick<Portal, 'newShopper' | 'staff'>,
  count: number,
  quantity = 1,
): Promise<readonly OrderView[]> => {
  const { staff } = portal;
  const onPlaced = ({ order_id: id }: OrderView): Promise<unknown> =>
    staff.call('PUT', `/api/v1/staff/orders/${id}/hold`, [200], { reason: 'The address?' });
  const orders = await seedMany(portal, count, { card: CARDS.slow, quantity, onPlaced });
  return Promise.all(
    orders.map(({ order_id: id }) =>
      staff.waitFor(id, ({ status, hold }) => status === 'confirmed' && hold?.is_effective === true),
    ),
  );
};
