import { systemIds } from '#adapters/system/ids.ts';
import { UNFILED, type Product, type ProductDraft, type Variant } from '../core/domain/product.ts';

let count = 0;

export const aVariant = (changes: Partial<Variant> = {}): Variant => {
  count += 1;
  return {
    variantId: systemIds.next(),
    sku: `SKU-${count}-X`,
    attributes: { size: 'M' },
    price: { minor: 1_999, currency: 'EUR' },
    listPrices: [],
    pictures: [{ url: '/media/samples/box~aabbcc~Box.svg', alt: '' }],
    initialStock: 5,
    ...changes,
  };
};

export const aProduct = (changes: Partial<Product> = {}): Product => ({
  productId: systemIds.next(),
  version: 1,
  name: 'A thing',
  description: 'A thing to have.',
  category: 'Things',
  subcategory: 'Small things',
  ...UNFILED,
  tags: ['thing'],
  brand: 'Maker',
  specifications: { weight: '1 kg' },
  variants: [aVariant()],
  former: [],
  related: [],
  status: 'published',
  createdAt: new Date('2026-02-01T10:00:00Z'),
  updatedAt: new Date('2026-02-01T10:00:00Z'),
  ...changes,
});

export const aDraft = (changes: Partial<ProductDraft> = {}): ProductDraft => {
  const { name, description, category, subcategory, tags, brand, specifications, variants } = aProduct();
  const drafts = variants.map(({ variantId: _, listPrices: __, ...draft }) => draft);
  return {
    name,
    description,
    category,
    subcategory,
    ...UNFILED,
    tags,
    brand,
    specifications,
    variants: drafts,
    ...changes,
  };
};
