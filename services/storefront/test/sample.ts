import { money } from '#kernel/money.ts';
import { err, type Result } from '#kernel/result.ts';
import type {
  Address,
  Cart,
  Found,
  Grant,
  Listed,
  Order,
  OrderDocument,
  Product,
  Progress,
  Quote,
  Refused,
} from '../core/ports/shop.ts';

const eur = (minor: number) => money(minor, 'EUR');

export const LAMP = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f10';
export const OAK = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21';
export const ASH = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f22';
export const USER = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32';
export const ITEM = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f54';
export const ADDRESS = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f64';
export const MEDIA = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f84';
export const ORDER = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f74';

export const product: Product = {
  productId: LAMP,
  name: 'Desk lamp',
  slug: undefined,
  title: undefined,
  summary: undefined,
  description: 'A lamp for a desk.',
  brand: 'Lumen',
  categoryId: undefined,
  specifications: { max_power: '7 W' },
  variants: [
    { variantId: OAK, sku: 'LAMP-OAK', attributes: { wood: 'Oak' }, price: eur(4990), regular: eur(5990), pictures: [] },
    { variantId: ASH, sku: 'LAMP-ASH', attributes: { wood: 'Ash' }, price: eur(5490), regular: undefined, pictures: [] },
  ],
}; // prettier-ignore

export const listed: Listed = {
  productId: LAMP,
  name: 'Desk lamp',
  brand: 'Lumen',
  image: undefined,
  from: eur(4990),
  to: eur(5490),
  regular: undefined,
  isInStock: true,
  rating: { average: 4.5, count: 2 },
};

export const found: Found = {
  items: [listed],
  total: 1,
  match: 'exact',
  redirect: undefined,
  facets: undefined,
  next: undefined,
};

export const cart: Cart = {
  version: 3,
  subtotal: eur(9980),
  items: [
    { itemId: ITEM, productId: LAMP, variantId: OAK, name: 'Desk lamp (Oak)', image: undefined, quantity: 2, price: eur(4990), total: eur(9980), isAvailable: true },
  ],
}; // prettier-ignore

export const address: Address = {
  addressId: ADDRESS,
  isDefault: true,
  recipient: 'Sam Shopper',
  line1: 'Karl-Marx-Allee 1',
  line2: undefined,
  city: 'Berlin',
  region: undefined,
  postalCode: '10178',
  country: 'DE',
  phone: undefined,
};

export const quote: Quote = {
  cartVersion: 3,
  currency: 'EUR',
  pricesIncludeTax: false,
  items: [{ itemId: ITEM, name: 'Desk lamp (Oak)', quantity: 2, total: eur(9980) }],
  issues: [],
  subtotal: eur(9980),
  options: [
    { optionId: 'dhl:standard', carrier: 'DHL', service: 'Standard', price: eur(490), tax: eur(1671), total: eur(12141), expected: '2026-03-04' },
    { optionId: 'dhl:express', carrier: 'DHL', service: 'Express', price: eur(1290), tax: eur(1800), total: eur(13070), expected: '2026-03-02' },
  ],
  token: 'quote-token',
}; // prettier-ignore

export const order: Order = {
  orderId: ORDER,
  number: 'K7QM-2X9F',
  version: 3,
  canCancel: false,
  canChangeAddress: true,
  returnable: undefined,
  status: 'shipped',
  items: [{ productId: LAMP, variantId: OAK, name: 'Desk lamp (Oak)', quantity: 2, total: eur(9980) }],
  subtotal: eur(9980),
  delivery: eur(490),
  tax: eur(1671),
  total: eur(12141),
  refunded: eur(0),
  pricesIncludeTax: false,
  carrier: 'DHL Standard',
  trackingNumber: 'JJD1',
  expected: '2026-03-04',
  card: 'visa •••• 4242',
  address,
  requestedAddress: undefined,
  timeline: [{ status: 'pending', at: new Date('2026-03-01T12:00:00Z'), detail: 'Order placed' }],
  placedAt: new Date('2026-03-01T12:00:00Z'),
};

export const documents: readonly OrderDocument[] = [
  { kind: 'invoice', number: 'INV-000042', issuedAt: new Date('2026-03-01T12:01:00Z'), amount: eur(12141) },
  { kind: 'credit_note', number: 'CN-000007', issuedAt: new Date('2026-03-08T12:00:00Z'), amount: eur(4990) },
];

export const progress: Progress = {
  status: 'shipped',
  steps: [{ status: 'pending', at: new Date('2026-03-01T12:00:00Z') }],
  carrier: 'DHL',
  trackingNumber: 'JJD1',
  expected: '2026-03-04',
  placedAt: new Date('2026-03-01T12:00:00Z'),
};

export const grant: Grant = {
  userId: USER,
  accessToken: 'access',
  sealed: { access_token: 'access', expires_in: 300, refresh_token: 'refresh' },
};

export const refusal = (code: string, more: Partial<Refused> = {}): Result<never, Refused> =>
  err({ code, detail: code, errors: [], retryAfterMs: undefined, challenge: undefined, ...more });

export const lamps = {
  categoryId: USER,
  slug: 'lamps',
  name: 'Lamps',
  count: 1,
  picture: undefined,
  children: [],
};

export const collection = {
  slug: 'summer',
  name: 'Summer',
  description: 'Light and warm.',
  picture: { url: '/api/v1/media/files/beach.webp', alt: 'A beach' },
  title: undefined,
  summary: undefined,
};

/** Notes a command, and returns what it leads to. */
export type Note = <Parameters extends readonly unknown[], T>(
  name: string,
  act: (...parameters: Parameters) => T,
) => (...parameters: Parameters) => Promise<T>;
