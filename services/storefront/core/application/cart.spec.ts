import { describe, expect, it } from 'vitest';
import { cart, ITEM, LAMP, lamps, listed, OAK, product, refusal } from '../../test/fake-shop.ts';
import { fakePages, guest, guestWithCart, pageOf, signedIn } from '../../test/pages.ts';
import type { Shop } from '../ports/shop.ts';
import { makeAddToCart, makeChangeItem, makeShowCart } from './cart.ts';

const NEW_ITEM = { productId: LAMP, variantId: OAK, quantity: 2 };

describe('the page of the cart', () => {
  it('is empty for a guest without a cart', async () => {
    const { pages } = fakePages({ cart: () => Promise.reject(new Error('which cart?')) });
    const outcome = await makeShowCart(pages)(guest, undefined);
    expect(pageOf(outcome, 'cart')).toMatchObject({ lines: [], subtotal: '', canCheckOut: false });
    expect(outcome).toMatchObject({ frame: { visitor: { name: undefined, cartCount: 0 } } });
  });

  it('shows the items, and counts their units', async () => {
    const outcome = await makeShowCart(fakePages().pages)(signedIn, 'ADDED');
    expect(pageOf(outcome, 'cart')).toMatchObject({
      notice: 'ADDED',
      lines: [{ name: 'Desk lamp (Oak)', quantity: 2, price: '€49.90', total: '€99.80' }],
      subtotal: '€99.80',
      canCheckOut: true,
    });
    expect(outcome).toMatchObject({ frame: { visitor: { name: 'Sam', cartCount: 2 } } });
  });

  describe('offers what goes with the newest item', () => {
    const others = [listed, { ...listed, productId: OAK, name: 'Bulb' }];
    const list = { list: 'bought_together', placement: 'cart', productId: LAMP };
    const shelvesOf = async (changes: Partial<Shop>) =>
      pageOf(await makeShowCart(fakePages(changes).pages)(signedIn, undefined), 'cart').shelves;

    it('as staff have said, except what is in the cart, with a place for a list', async () => {
      expect(await shelvesOf({ related: () => Promise.resolve(others) })).toMatchObject([
        { name: 'related', reason: 'Desk lamp (Oak)', products: [{ name: 'Bulb' }], list: undefined },
        { name: 'bought_together', products: [], list },
      ]);
    });

    it('from its category, where they have said nothing, until the list comes', async () => {
      const changes: Partial<Shop> = {
        product: () => Promise.resolve({ ...product, categoryId: 'c' }),
        category: () => Promise.resolve({ ...lamps, description: '', above: [] }),
        similar: (id, category) => Promise.resolve(id === LAMP && category === 'c' ? others : []),
      };
      const shelf = { name: 'similar', href: '/categories/lamps', products: [{ name: 'Bulb' }], list };
      expect(await shelvesOf(changes)).toMatchObject([shelf]);
      const away: Partial<Shop> = { ...changes, category: () => Promise.reject(new Error('away')) };
      expect(await shelvesOf(away)).toMatchObject([{ ...shelf, href: undefined }]);
    });
  });

  it('is shown while nothing is known about its items', async () => {
    const fails = () => Promise.reject(new Error('the catalogue is away'));
    const away = fakePages({ related: fails, product: fails });
    const page = pageOf(await makeShowCart(away.pages)(signedIn, undefined), 'cart');
    expect([page.lines.length, page.shelves.flatMap(({ products }) => products)]).toEqual([1, []]);
  });

  it('does not lead to the checkout while an item is not available', async () => {
    const items = cart.items.flatMap((item) => [item, { ...item, isAvailable: false }]);
    const { pages } = fakePages({ cart: () => Promise.resolve({ ...cart, items }) });
    expect(pageOf(await makeShowCart(pages)(signedIn, undefined), 'cart').canCheckOut).toBe(false);
  });
});

describe('adding to the cart', () => {
  it('keeps the new guest cart even if the item was refused', async () => {
    const { pages } = fakePages({ addToCart: () => Promise.resolve(refusal('OUT_OF_STOCK')) });
    expect(await makeAddToCart(pages)(guest, NEW_ITEM)).toEqual({
      kind: 'see',
      to: '/cart?notice=OUT_OF_STOCK',
      session: { cart: { id: 'c-1', token: 'c-1.signed' } },
    });
  });

  it('opens no guest cart for a customer whose cart is closed', async () => {
    const { pages, commands } = fakePages({ addToCart: () => Promise.resolve(refusal('CART_CLOSED')) });
    expect(await makeAddToCart(pages)(signedIn, NEW_ITEM)).toEqual({
      kind: 'see',
      to: '/cart?notice=CART_CLOSED',
    });
    expect(commands).toEqual([]);
  });
});

describe('changing an item', () => {
  it('changes nothing for a guest without a cart', async () => {
    const { pages, commands } = fakePages();
    expect(await makeChangeItem(pages)(guest, ITEM, 1)).toEqual({ kind: 'see', to: '/cart' });
    expect(commands).toEqual([]);
  });

  it('changes the cart of a guest', async () => {
    const { pages, commands } = fakePages();
    expect(await makeChangeItem(pages)(guestWithCart, ITEM, 1)).toEqual({ kind: 'see', to: '/cart' });
    expect(commands).toEqual([['changeItem', 'c-0', ITEM, 1]]);
  });

  it('says why it was refused', async () => {
    const { pages } = fakePages({ changeItem: () => Promise.resolve(refusal('OUT_OF_STOCK')) });
    expect(await makeChangeItem(pages)(signedIn, ITEM, 9)).toEqual({
      kind: 'see',
      to: '/cart?notice=OUT_OF_STOCK',
    });
  });
});
