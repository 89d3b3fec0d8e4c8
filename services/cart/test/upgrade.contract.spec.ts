import { expect } from 'vitest';
import { upgradeContract } from '#test/contracts/upgrade.contract.ts';
import { START } from '#test/kit/toolbox.ts';
import { cart } from '../main/module.ts';
import { openCarts } from './carts.rig.ts';

const idOf = (last: string): string => `00000000-0000-7000-8000-0000000000${last}`;
const [USERS, GUESTS, ORDER] = [idOf('01'), idOf('02'), idOf('11')];
const BLUE = {
  itemId: idOf('21'),
  productId: idOf('31'),
  variantId: idOf('32'),
  sku: 'MUG-BLUE',
  name: 'Mug',
  image: '/media/mug.svg',
  price: { minor: 1_999, currency: 'EUR' },
  quantity: 2,
  stockChecked: true,
};
const RED = {
  ...BLUE,
  itemId: idOf('22'),
  variantId: idOf('33'),
  sku: 'MUG-RED',
  image: undefined,
  quantity: 1,
  stockChecked: false,
};

upgradeContract(cart, {
  '0001-carts': async (toolbox) => {
    await openCarts(toolbox).unitOfWork.run(async ({ carts, orders }) => {
      const found = await carts.find([USERS, GUESTS]);
      const common = { version: 1, updatedAt: START };
      expect(found.get(USERS)).toEqual({
        ...common,
        cartId: USERS,
        userId: USERS,
        items: [BLUE, RED],
        isClosed: false,
      });
      expect(found.get(GUESTS)).toEqual({
        ...common,
        cartId: GUESTS,
        userId: undefined,
        items: [],
        isClosed: true,
      });
      const records = await orders.find([ORDER]);
      expect(records.get(ORDER)).toEqual({ orderId: ORDER, cartId: USERS, state: 'taken', taken: [BLUE] });
    });
  },
});
