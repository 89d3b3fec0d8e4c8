import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { add, times, type Money } from '#kernel/money.ts';
import type { Result } from '#kernel/result.ts';
import type {
  AddressFields,
  Listed,
  Product,
  Refused,
  Search,
  Shop,
  ShopFor,
  Visit,
} from '../core/ports/shop.ts';

const NOWHERE = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f00';
const PASSWORD = 'correct horse 7';
/** A PNG of one pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const EVERYTHING: Search = {
  query: '',
  categoryId: undefined,
  brands: [],
  attributes: [],
  minPrice: undefined,
  maxPrice: undefined,
  rating: undefined,
  isInStockOnly: true,
  sort: 'best_selling',
  limit: 5,
  cursor: undefined,
  withFacets: false,
};

const GUEST: Visit = {
  language: 'en',
  hasProvider: false,
  isOfProvider: false,
  origin: undefined,
  token: undefined,
  guestCart: undefined,
  orderTokens: [],
  draft: undefined,
  pass: undefined,
  deviceToken: undefined,
  userAgent: 'Contract',
};

const BERLIN: AddressFields = {
  recipient: 'Sam Shopper',
  line1: 'Karl-Marx-Allee 1',
  line2: undefined,
  city: 'Berlin',
  region: undefined,
  postalCode: '10178',
  country: 'DE',
  phone: undefined,
};

const codeOf = (result: Result<unknown, Refused>): string => (result.ok ? 'OK' : result.error.code);

const fieldsOf = (result: Result<unknown, Refused>): readonly string[] =>
  result.ok ? [] : result.error.errors.map(({ pointer }) => pointer);

const valueOf = <T>(result: Result<T, Refused>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/**
 * What pages rely on, of the shop and of those that stand in for it.
 * @param open a shop that sells something
 */
export const shopContract = (name: string, open: () => Promise<ShopFor>): void => {
  describe(`${name} as a shop`, () => {
    let shopFor: ShopFor;
    let shop: Shop;
    let listed: Listed;
    let product: Product;

    beforeAll(async () => {
      shopFor = await open();
      shop = shopFor(GUEST);
      const [first] = (await shop.search(EVERYTHING)).items;
      const found = first && (await shop.product(first.productId));
      if (!found) throw new Error('a shop that sells nothing');
      [listed, product] = [first, found];
    });

    /** A new customer, logged in, whose address is in a mail that nobody has read. */
    const join = async () => {
      const email = `contract-${randomUUID()}@example.com`;
      valueOf(await shop.register({ email, password: PASSWORD, firstName: 'Sam', lastName: 'Shopper' }));
      const grant = valueOf(await shop.logIn(email, PASSWORD));
      return { email, userId: grant.userId, own: shopFor({ ...GUEST, token: grant.accessToken }) };
    };

    it('says the same about a product in a list and alone', () => {
      expect([product.name, product.brand]).toEqual([listed.name, listed.brand]);
      const prices = product.variants.map(({ price }) => price.minor);
      expect(Math.min(...prices)).toBe(listed.from.minor);
    });

    it('has similar products, without the product itself', async () => {
      const { productId, categoryId = '' } = product;
      const similar = await shop.similar(productId, categoryId);
      expect(similar.length).toBeLessThanOrEqual(4);
      expect(similar.map((one) => one.productId)).not.toContain(productId);
      expect(await shop.similar(productId, NOWHERE)).toEqual([]);
    });

    it('knows the stock of each variant', async () => {
      const stock = await shop.stock(product.productId);
      expect(product.variants.map(({ variantId }) => typeof stock?.get(variantId))).toEqual(
        product.variants.map(() => 'number'),
      );
    });

    it('finds products by their words, and nothing by others', async () => {
      const found = await shop.search({ ...EVERYTHING, query: product.name });
      expect(found.items.map(({ productId }) => productId)).toContain(product.productId);
      const none = await shop.search({ ...EVERYTHING, query: 'qqqqqqqqqqqq' });
      expect([none.items, none.total]).toEqual([[], 0]);
    });

    it('has categories with pages, and nothing where nothing is', async () => {
      const [category] = await shop.categories();
      expect(await shop.category(category?.slug ?? '')).toMatchObject({ name: category?.name });
      expect(await shop.category('no-such-category')).toBeUndefined();
      expect(await shop.collection('no-such-collection')).toBeUndefined();
      expect(await shop.productsIn('no-such-collection', undefined)).toBeUndefined();
      expect(await shop.product(NOWHERE)).toBeUndefined();
      const forged = shopFor({ ...GUEST, orderTokens: [`${NOWHERE}.1803816000.c2lnbmF0dXJl`] });
      for (const visitor of [shop, forged]) {
        expect(await visitor.order(NOWHERE)).toBeUndefined();
        expect(await visitor.documents(NOWHERE)).toEqual([]);
        expect(await visitor.invoice(NOWHERE)).toBeUndefined();
        expect(await visitor.creditNote(NOWHERE, 'CN-000001')).toBeUndefined();
      }
      expect(codeOf(await forged.changeOrderAddress(NOWHERE, 1, BERLIN))).toBe('ORDER_NOT_FOUND');
      expect(await shop.track('AAAA-AAAA', 'nobody@example.com')).toBeUndefined();
    });

    it('has collections, each with a page of its products', async () => {
      const [collection] = await shop.collections();
      const slug = collection?.slug ?? '';
      expect(await shop.collection(slug)).toEqual(collection);
      expect((await shop.productsIn(slug, undefined))?.items.length).toBeGreaterThan(0);
    });

    describe('to a guest', () => {
      const fill = async (quantity: number) => {
        const guestCart = await shop.newGuestCart();
        const own = shopFor({ ...GUEST, guestCart });
        const variantId = product.variants[0]?.variantId ?? '';
        const item = { productId: product.productId, variantId, quantity };
        return { own, cartId: guestCart.id, cart: valueOf(await own.addToCart(guestCart.id, item)) };
      };

      it('gives a cart that counts, until it is empty', async () => {
        const { own, cartId, cart } = await fill(2);
        const [item] = cart.items;
        if (!item) throw new Error('an empty cart');
        expect(item.quantity).toBe(2);
        expect(item.total).toEqual(times(item.price, 2));
        expect(cart.subtotal).toEqual(item.total);
        const one = valueOf(await own.changeItem(cartId, item.itemId, 1));
        expect(one.subtotal).toEqual(item.price);
        expect(one.version).toBeGreaterThan(cart.version);
        const none = valueOf(await own.changeItem(cartId, item.itemId, 0));
        expect(none).toMatchObject({ items: [], subtotal: undefined });
        expect(await own.cart(cartId)).toEqual(none);
        expect(codeOf(await own.changeItem(cartId, item.itemId, 1))).toBe('ITEM_NOT_FOUND');
      });

      it('sells nothing that does not exist', async () => {
        const { own, cartId } = await fill(1);
        const item = { productId: product.productId, variantId: NOWHERE, quantity: 1 };
        expect(codeOf(await own.addToCart(cartId, item))).toBe('VARIANT_NOT_FOUND');
      });

      it('quotes what it then asks for', async () => {
        const { own, cart } = await fill(1);
        const quote = valueOf(await own.quote(BERLIN));
        expect([quote.cartVersion, quote.subtotal]).toEqual([cart.version, cart.subtotal]);
        expect(quote.options.length).toBeGreaterThan(0);
        for (const { price, tax, total } of quote.options) {
          const net = add(quote.subtotal, price);
          expect(total).toEqual(quote.pricesIncludeTax ? net : add(net, tax));
        }
      });

      it('says which part of an address is wrong', async () => {
        const { own } = await fill(1);
        const quoted = await own.quote({ ...BERLIN, postalCode: '1' });
        expect([codeOf(quoted), fieldsOf(quoted)]).toEqual([
          'INVALID_ADDRESS',
          [expect.stringMatching(/\/postal_code$/)],
        ]);
      });

      it('places no order at a total that is not its own', async () => {
        const { own, cart } = await fill(1);
        const quote = valueOf(await own.quote(BERLIN));
        const [option] = quote.options;
        if (!option) throw new Error('no delivery');
        const order = {
          cartVersion: cart.version,
          address: BERLIN,
          optionId: option.optionId,
          quoteToken: undefined,
          paymentToken: 'tok_none',
          email: 'guest@example.com',
        };
        const other: Money = { ...option.total, minor: option.total.minor + 1 };
        expect(codeOf(await own.placeOrder({ ...order, total: other }))).toBe('PRICE_CHANGED');
        const stale = { ...order, total: option.total, cartVersion: cart.version + 1 };
        expect(codeOf(await own.placeOrder(stale))).toBe('CART_CHANGED');
      });
    });

    describe('to a customer', () => {
      it('lets in only with the password, which has to be long', async () => {
        const { email } = await join();
        expect(codeOf(await shop.logIn(email, 'wrong horse 7'))).toBe('INVALID_CREDENTIALS');
        const names = { firstName: 'Sam', lastName: 'Shopper' };
        const refused = await shop.register({ email: `x-${email}`, password: 'short', ...names });
        expect([codeOf(refused), fieldsOf(refused)]).toEqual(['VALIDATION_FAILED', ['/body/password']]);
      });

      it('has a profile that changes', async () => {
        const { own, userId, email } = await join();
        const profile = { email, isEmailConfirmed: false, firstName: 'Sam', lastName: 'Shopper' };
        expect(await own.profile(userId)).toEqual(profile);
        valueOf(await own.changeName(userId, 'Samuel', 'S'));
        expect(await own.profile(userId)).toEqual({ ...profile, firstName: 'Samuel', lastName: 'S' });
        expect(codeOf(await own.changeEmail(userId, `x-${email}`, 'wrong horse 7'))).toBe('WRONG_PASSWORD');
        valueOf(await own.changeEmail(userId, `x-${email}`, PASSWORD));
        valueOf(await own.mailConfirmation(userId));
        expect((await own.profile(userId)).email).toBe(email);
      });

      it('takes another password, with which one logs in', async () => {
        const { own, userId, email } = await join();
        const next = 'battery staple 8';
        expect(codeOf(await own.changePassword(userId, { current: next, next }))).toBe('WRONG_PASSWORD');
        valueOf(await own.changePassword(userId, { current: PASSWORD, next }));
        expect(codeOf(await shop.logIn(email, PASSWORD))).toBe('INVALID_CREDENTIALS');
        expect(codeOf(await shop.logIn(email, next))).toBe('OK');
      });

      it('has an address book with one default', async () => {
        const { own, userId } = await join();
        const first = valueOf(await own.addAddress(userId, BERLIN));
        const second = valueOf(await own.addAddress(userId, { ...BERLIN, line1: 'Karl-Marx-Allee 2' }));
        const saved = { ...second, city: 'Potsdam', isDefault: true };
        valueOf(await own.changeAddress(userId, saved));
        const addresses = await own.addresses(userId);
        expect(addresses).toContainEqual(saved);
        expect(addresses.filter(({ isDefault }) => isDefault)).toEqual([saved]);
        valueOf(await own.removeAddress(userId, first.addressId));
        expect((await own.addresses(userId)).map(({ addressId }) => addressId)).not.toContain(
          first.addressId,
        );
        expect(codeOf(await own.removeAddress(userId, first.addressId))).toBe('ADDRESS_NOT_FOUND');
        expect(codeOf(await own.changeAddress(userId, { ...saved, addressId: NOWHERE }))).toBe(
          'ADDRESS_NOT_FOUND',
        );
        const refused = await own.addAddress(userId, { ...BERLIN, postalCode: '1' });
        expect([codeOf(refused), fieldsOf(refused)]).toEqual(['INVALID_ADDRESS', ['/body/postal_code']]);
      });

      it('has wishes, each once', async () => {
        const { own, userId } = await join();
        expect(await own.wishes(userId)).toEqual([]);
        for (const productId of [product.productId, NOWHERE, product.productId])
          expect(codeOf(await own.addWish(userId, productId))).toBe('OK');
        expect((await own.wishes(userId)).toSorted()).toEqual([NOWHERE, product.productId].toSorted());
        expect(codeOf(await own.removeWish(userId, NOWHERE))).toBe('OK');
        expect(await own.wishes(userId)).toEqual([product.productId]);
      });

      it('goes on in the same session after a step-up, for the password only', async () => {
        const { own, userId } = await join();
        expect(codeOf(await own.stepUp('wrong horse 7'))).toBe('WRONG_PASSWORD');
        const { sealed } = valueOf(await own.stepUp(PASSWORD));
        expect(Object.keys(sealed).toSorted()).toEqual(['access_token', 'expires_in']);
        expect(await own.sessions(userId)).toHaveLength(1);
      });

      it('has logins and cards, and says what is not among them', async () => {
        const { own, userId } = await join();
        expect((await own.sessions(userId)).length).toBeGreaterThan(0);
        expect(codeOf(await own.endSession(userId, NOWHERE))).toBe('SESSION_NOT_FOUND');
        expect(codeOf(await own.endOtherSessions(userId))).toBe('OK');
        expect(codeOf(await own.removeCard(userId, NOWHERE))).toBe('PAYMENT_METHOD_NOT_FOUND');
      });

      it('sends the mails that are wanted', async () => {
        const { own, userId } = await join();
        const kinds = (await own.mails(userId)).kinds.map(({ kind }) => kind);
        expect(kinds).toContain('order.delivered');
        valueOf(await own.chooseMails(userId, 'de', ['order.delivered']));
        const { language, kinds: chosen } = await own.mails(userId);
        expect(language).toBe('de');
        expect(chosen).toEqual(kinds.map((kind) => ({ kind, isWanted: kind === 'order.delivered' })));
      });

      it('gives what it knows, and forgets it, for the password only', async () => {
        const { own, userId, email } = await join();
        expect(codeOf(await own.exportData(userId, 'wrong horse 7'))).toBe('WRONG_PASSWORD');
        const parts: Uint8Array[] = [];
        for await (const part of valueOf(await own.exportData(userId, PASSWORD))) parts.push(part);
        expect(Buffer.concat(parts).subarray(0, 2).toString()).toBe('PK');
        expect(codeOf(await own.erase(userId, 'wrong horse 7'))).toBe('WRONG_PASSWORD');
        valueOf(await own.erase(userId, PASSWORD));
        expect(codeOf(await shop.logIn(email, PASSWORD))).toBe('INVALID_CREDENTIALS');
      });

      it('takes no tokens but those of its mails', async () => {
        expect(codeOf(await shop.requestPasswordReset('nobody@example.com'))).toBe('OK');
        expect(codeOf(await shop.resetPassword('c2VjcmV0', PASSWORD))).toBe('INVALID_RESET_TOKEN');
        expect(codeOf(await shop.confirmEmail('c2VjcmV0'))).toBe('INVALID_EMAIL_TOKEN');
      });

      it('takes questions, and reviews of what was bought', async () => {
        const { own } = await join();
        // Without digits, which the shop could take for a telephone number.
        const text = `Is it bright? ${randomUUID().replaceAll(/[^a-f]/g, '')}`;
        expect(valueOf(await own.ask(product.productId, text))).toBe('approved');
        expect((await shop.questions(product.productId)).map((one) => one.text)).toContain(text);
        expect(fieldsOf(await own.ask(product.productId, ''))).toEqual(['/body/text']);
        const review = { stars: 5, title: 'Bright', text: 'It is bright.', mediaIds: [] };
        expect(codeOf(await own.writeReview(NOWHERE, review))).toBe('NOT_PURCHASED');
      });

      it('has no review of a product that the customer has not reviewed', async () => {
        const { own, userId } = await join();
        expect(await own.ownReview(userId, NOWHERE)).toBeUndefined();
      });

      it('keeps pictures of reviews, and shows them to their author', async () => {
        const { own } = await join();
        const mediaId = valueOf(await own.uploadPicture(new Blob([PICTURE]).stream()));
        expect(await own.thumbnail(mediaId)).toMatch(/^\/.*\.webp/);
        expect(await own.thumbnail(NOWHERE)).toBeUndefined();
      });
    });
  });
};
