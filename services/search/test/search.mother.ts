import { systemIds } from '#adapters/system/ids.ts';
import type { Listing, Product, Variant } from '../core/domain/listing.ts';

let made = 0;

export const aVariant = (of: Partial<Variant> = {}): Variant => {
  made += 1;
  return {
    variantId: systemIds.next(),
    sku: `SKU-${String(made).padStart(5, '0')}`,
    attributes: {},
    price: 20,
    currency: 'EUR',
    images: [],
    ...of,
  };
};

export const aProduct = (of: Partial<Product> = {}): Product => ({
  name: 'Thing',
  description: '',
  category: 'Home',
  subcategory: 'Things',
  tags: [],
  brand: 'Maker',
  specifications: {},
  variants: [aVariant()],
  createdAt: '2026-01-01T00:00:00.000Z',
  ...of,
});

/** A listing of which all variants are in stock. */
export const aListing = (product: Partial<Product> = {}, of: Partial<Listing> = {}): Listing => {
  const made = aProduct(product);
  return {
    productId: systemIds.next(),
    revision: 1,
    product: made,
    available: new Set(made.variants.map(({ sku }) => sku)),
    sold: 0,
    ...of,
  };
};
