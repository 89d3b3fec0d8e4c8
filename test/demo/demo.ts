/** `npm run demo`: buys at a running shop, or at one that it starts, and shows what happens. */
import { dataOf } from '#client/index.ts';
import { lookUntil } from '#test/kit/conditions.ts';
import { openMerchant, type Merchant } from '#test/kit/merchant.ts';
import { ADDRESS, CARDS, Shopper, type OrderView, type Variant } from '#test/kit/shopper.ts';
import { findShop } from './find-shop.ts';
import { startShop } from './shop-process.ts';

const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** Units that one line of a cart holds. */
const MOST_PER_LINE = 99;

let failures = 0;
const check = (promise: string, isKept: boolean): void => {
  say(`   ${isKept ? '✓' : '✗'} ${promise}`);
  if (!isKept) failures += 1;
};

const step = (title: string): void => {
  say(`\n── ${title}`);
};

const showTimeline = ({ order_id, timeline }: OrderView): void => {
  say(`   order ${order_id}`);
  const start = Date.parse(timeline[0]?.at ?? '');
  for (const { status, at, detail } of timeline)
    say(
      `   ${`+${((Date.parse(at) - start) / 1_000).toFixed(2)} s`.padStart(10)}  ${status.padEnd(10)} ${detail}`,
    );
};

const mailsTo = async (shopper: Shopper, email: string): Promise<readonly string[]> => {
  const params = { query: { to: email } };
  const { items } = await dataOf(shopper.shop.GET('/dev/mailbox.json', { params }));
  return items.map(({ subject }) => subject);
};

const buy = async (
  shopper: Shopper,
  variant: Variant,
  card: string,
  address: Parameters<Shopper['order']>[1] = ADDRESS,
): Promise<OrderView> => {
  await shopper.addToCart(variant);
  return shopper.order(card, address);
};

/** A server of the merchant that the shop calls; none if the shop is not set up for that. */
const hireMerchant = async (url: string, tokensUrl: string) => {
  const admin = new Shopper(url, tokensUrl);
  const isAdmin = await admin.logIn('admin@example.com', 'demo-admin-1').then(
    () => true,
    () => false,
  );
  if (!isAdmin) return undefined;
  const merchant = await openMerchant();
  if (await merchant.subscribe(admin)) return { merchant, close: () => merchant.close(admin) };
  await merchant.close();
  return undefined;
};

const tour = async (url: string, tokensUrl: string, merchant?: Merchant): Promise<void> => {
  const shopper = new Shopper(url, tokensUrl);
  const email = `demo-${Date.now()}@example.com`;

  step('A shopper registers and looks around');
  await shopper.register(email, `demo-${Date.now()}-password`);
  const categories = await dataOf(shopper.shop.GET('/api/v1/categories'));
  say(`   ${categories.items.map(({ name }) => name).join(', ')}`);
  const [shelf] = categories.items.flatMap(({ children = [] }) => children);
  if (shelf) {
    const query = { category_id: shelf.category_id, limit: 3 };
    const { items } = await dataOf(shopper.shop.GET('/api/v1/products', { params: { query } }));
    say(`   opens ${shelf.name}, and sees ${items.map(({ name }) => name).join(', ')} …`);
    check('the category has what it counts', items.length === Math.min(3, shelf.products));
  }
  const { products } = await dataOf(
    shopper.shop.GET('/api/v1/search/suggestions', { params: { query: { q: 'headph' } } }),
  );
  say(`   types “headph”, and sees ${products.map(({ name }) => name).join(', ')}`);
  const found = await dataOf(
    shopper.shop.GET('/api/v1/search', { params: { query: { q: 'wireles headphones', in_stock: true } } }),
  );
  say(`   searches for “wireles headphones”, and finds ${found.items.map(({ name }) => name).join(', ')}`);
  check('a typing error is forgiven', found.match === 'corrected' && found.total > 0);
  const variant = await shopper.findVariant(8);
  const stockBefore = await shopper.available(variant);
  say(`   chooses ${variant.sku} at ${variant.price.toFixed(2)} EUR, ${stockBefore} in stock`);

  step('buys it, and follows the order to the door');
  const cart = await shopper.addToCart(variant, 2);
  check('the cart has the catalog’s price', cart.subtotal === Math.round(variant.price * 200) / 100);
  const placed = await shopper.order(CARDS.good);
  say(`   pays ${placed.total_amount.toFixed(2)} EUR, tax and shipping included`);
  const delivered = await shopper.waitForStatus(placed.order_id, 'delivered', 'cancelled');
  showTimeline(delivered);
  check('the order is delivered', delivered.status === 'delivered');
  check('two units have left the stock', (await shopper.available(variant)) === stockBefore - 2);
  const tracking = await shopper.call('GET', `/api/v1/shipments/${placed.order_id}/tracking`, [200]);
  check('tracking agrees', JSON.stringify(tracking.body).includes('delivered'));
  if (merchant)
    await until('the merchant’s server has received signed webhooks', () =>
      Promise.resolve(merchant.about(placed.order_id).length === 2),
    );
  else say('   no webhooks: the shop does not allow private addresses (NOTIFICATION_WEBHOOK_ALLOW_PRIVATE)');

  step('says what others should know');
  const review = { rating: 5, title: 'Great sound', text: 'I wear them all day.', language: 'en' };
  const reviewsPath = `/api/v1/products/${variant.product_id}/reviews`;
  await until('the review is published, as that of a buyer', async () => {
    const { status, body } = await shopper.call('POST', reviewsPath, [201, 403], review);
    return status === 201 && body.is_verified_purchase === true;
  });
  await until('the product is rated in the search', async () => {
    const query = { q: variant.sku };
    const { items } = await dataOf(shopper.shop.GET('/api/v1/search', { params: { query } }));
    return items.some(({ product_id, rating }) => product_id === variant.product_id && rating !== undefined);
  });

  step('The shopper pays with a saved card');
  const payment_method_id = await shopper.saveCard(CARDS.good);
  await shopper.addToCart(variant);
  const withSaved = await shopper.orderWith({ payment_method_id });
  await until('the order is paid', async () => {
    const { payment } = await shopper.look(withSaved.order_id);
    return payment.status === 'captured';
  });
  await shopper.waitForStatus(withSaved.order_id, 'shipped', 'delivered');

  step('The card is declined');
  const stock = await shopper.available(variant);
  const declined = await shopper.waitForStatus(
    (await buy(shopper, variant, CARDS.declined)).order_id,
    'cancelled',
    'confirmed',
  );
  showTimeline(declined);
  check('the order is cancelled', declined.status === 'cancelled');
  await until('its stock is free again', async () => (await shopper.available(variant)) === stock);
  await until('the goods are back in the cart', async () => {
    const params = { path: { user_id: shopper.userId } };
    const { items } = await dataOf(shopper.shop.GET('/api/v1/cart/{user_id}', { params }));
    return items.some(({ variant_id }) => variant_id === variant.variant_id);
  });
  await shopper.call('DELETE', `/api/v1/cart/${shopper.userId}`, [200, 204]);

  step('Two shoppers want the last units');
  const scarce = await shopper.findVariant(1, 3, MOST_PER_LINE);
  const left = await shopper.available(scarce);
  const rival = new Shopper(url, tokensUrl);
  await rival.register(`rival-${Date.now()}@example.com`, `rival-${Date.now()}-password`);
  await Promise.all([shopper.addToCart(scarce, left), rival.addToCart(scarce, left)]);
  const ends = await Promise.all(
    [shopper, rival].map(async (buyer) => {
      const order = await buyer.orderUnlessSoldOut(CARDS.good);
      return order && buyer.waitForStatus(order.order_id, 'confirmed', 'shipped', 'delivered', 'cancelled');
    }),
  );
  for (const end of ends)
    if (!end) say('   refused: OUT_OF_STOCK, the other shopper was faster');
    else if (end.status === 'cancelled') showTimeline(end);
  const winners = ends.filter((end) => end !== undefined && end.status !== 'cancelled');
  check('one of the two got them', winners.length === 1);
  await shopper.call('DELETE', `/api/v1/cart/${shopper.userId}`, [200, 204]);

  step('The shopper changes their mind in time');
  const regretted = await buy(shopper, variant, CARDS.good);
  await shopper.cancel(regretted.order_id);
  const cancelled = await shopper.waitForStatus(regretted.order_id, 'cancelled', 'delivered');
  showTimeline(cancelled);
  check('the order is cancelled', cancelled.status === 'cancelled');
  await until('its stock is free again', async () => (await shopper.available(variant)) === stock);

  step('What the shop has written');
  await until('the mails have arrived', async () => (await mailsTo(shopper, email)).length >= 6);
  for (const subject of (await mailsTo(shopper, email)).toReversed()) say(`   ✉ ${subject}`);
};

/** Checks a promise that may take a moment to be kept. */
const until = async (promise: string, isKept: () => Promise<boolean>): Promise<void> => {
  check(promise, await lookUntil(isKept, Boolean, { everyMs: 50, patienceMs: 15_000 }));
};

const url = process.env['SHOP_URL'] ?? `http://localhost:${process.env['PORT'] ?? '8080'}`;
const running = await findShop(url);
const own = running
  ? undefined
  : await startShop({ port: 0, log: say, env: { NOTIFICATION_WEBHOOK_ALLOW_PRIVATE: 'true' } });
const shop = running ?? own;
if (!shop) throw new Error('unreachable');
say(running ? `Using the shop at ${url}` : `Started a shop at ${shop.url}`);
const hired = await hireMerchant(shop.url, shop.tokensUrl);
try {
  await tour(shop.url, shop.tokensUrl, hired?.merchant);
} catch (error) {
  failures += 1;
  say(`\n   ✗ ${error instanceof Error ? error.message : String(error)}`);
} finally {
  await hired?.close();
  await own?.stop();
}
say(failures === 0 ? '\nAll checks passed.' : `\n${failures} check(s) failed.`);
process.exit(failures === 0 ? 0 : 1);
