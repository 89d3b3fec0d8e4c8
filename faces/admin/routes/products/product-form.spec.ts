import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../api.ts';
import { mergeThreeWay, withTheirs } from '../../shared/form/three-way.ts';
import {
  fieldsOf,
  inputOf,
  NEW_PRODUCT,
  schemaOf,
  valuesFrom,
  valuesOf,
  type ProductValues,
  type VariantValues,
} from './product-form.ts';

type Product = Schemas['StaffProduct'];

const row = (sku: string, price: string, others: Partial<VariantValues> = {}): VariantValues => ({
  sku,
  price,
  currency: 'EUR',
  attributes: {},
  prices: {},
  pictures: [],
  stock: '',
  ...others,
});

const variant = (sku: string, price: number): Product['variants'][number] => ({
  variant_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f21',
  sku,
  attributes: { colour: sku.toLowerCase() },
  price,
  currency: 'EUR',
  prices: { SALE: 1.5 },
  pictures: [{ url: `/media/${sku}.webp`, alt: sku }],
});

const PRODUCT: Product = {
  product_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f10',
  version: 3,
  stage: 'published',
  missing: [],
  name: 'Desk lamp',
  description: 'A lamp.',
  category: 'Home',
  subcategory: 'Lamps',
  category_id: '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f32',
  tags: ['light', 'desk'],
  brand: 'Lumen',
  specifications: { weight: '1 kg' },
  status: 'published',
  publish_at: '2026-03-01T10:15:30Z',
  variants: [variant('OAK', 49.9), variant('ASH', 1234.5)],
  related: [],
  created_at: '2026-03-01T10:15:00Z',
  updated_at: '2026-03-01T10:15:00Z',
};

const values = (changes: Partial<ProductValues> = {}): ProductValues => ({
  ...valuesOf(PRODUCT, 'de'),
  ...changes,
});
const faults = (edited: ProductValues): readonly string[] =>
  schemaOf('de', (fault) => fault)
    .safeParse(edited)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('a product in a form', () => {
  it('is sent as it was, with all that the form does not know', () => {
    expect(inputOf(values(), PRODUCT, 'de')).toMatchObject({
      name: 'Desk lamp',
      category_id: PRODUCT.category_id,
      tags: ['light', 'desk'],
      publish_at: '2026-03-01T10:15:30Z',
      specifications: { weight: '1 kg' },
      seo: {},
      variants: [
        {
          sku: 'OAK',
          price: 49.9,
          currency: 'EUR',
          attributes: { colour: 'oak' },
          pictures: [{ url: '/media/OAK.webp', alt: 'OAK' }],
        },
        { sku: 'ASH', price: 1234.5 },
      ],
    });
  });

  it('has specifications, without rows that were left empty', () => {
    const specifications = [
      { name: ' weight ', value: '2 kg' },
      { name: '', value: ' ' },
      { name: 'colour', value: '' },
    ];
    const edited = values({ specifications });
    expect(faults(edited)).toEqual([]);
    expect(inputOf(edited, PRODUCT, 'de').specifications).toEqual({ weight: '2 kg', colour: '' });
    expect(
      faults(values({ specifications: [{ name: '', value: '2 kg' }, ...specifications, ...specifications] })),
    ).toEqual([
      'specifications.0.name: required',
      'specifications.4.name: specificationTwice',
      'specifications.6.name: specificationTwice',
    ]);
  });

  it('has related products, in order', () => {
    const related = ['019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f12', '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f11'];
    expect(inputOf(values({ related }), PRODUCT, 'de').related).toEqual(related);
    expect(valuesFrom(fieldsOf(values({ related }))).related).toEqual(related);
  });

  it('has an initial stock for new variants', () => {
    const variants = [row('NEW', '1', { stock: '12' }), row('OAK', '1')];
    expect(inputOf(values({ variants }), PRODUCT, 'de').variants.map((one) => one.initial_stock)).toEqual([
      12, 0,
    ]);
    expect(faults(values({ variants: [row('NEW', '1', { stock: '1000001' })] }))).toEqual([
      'variants.0.stock: stock',
    ]);
    expect(valuesFrom(fieldsOf(values({ variants }))).variants).toEqual(variants);
  });

  it('is merged by its specifications, each separately', () => {
    const [mine, theirs] = [
      values({ specifications: [{ name: 'weight', value: '2 kg' }] }),
      values({
        specifications: [
          { name: 'weight', value: '1 kg' },
          { name: 'height', value: '5 cm' },
        ],
      }),
    ];
    const { merged, conflicts } = mergeThreeWay(fieldsOf(values()), fieldsOf(mine), fieldsOf(theirs));
    expect(conflicts).toEqual([]);
    expect(inputOf(valuesFrom(merged), PRODUCT, 'de').specifications).toEqual({
      weight: '2 kg',
      height: '5 cm',
    });
  });

  it('has prices in price lists, of which an empty one is none', () => {
    expect(inputOf(values(), PRODUCT, 'de').variants.map(({ prices }) => prices)).toEqual([
      { SALE: 1.5 },
      { SALE: 1.5 },
    ]);
    const changed = values({ variants: [row('OAK', '1', { prices: { SALE: '', TRADE: '9,25' } })] });
    expect(inputOf(changed, PRODUCT, 'de').variants[0]?.prices).toEqual({ TRADE: 9.25 });
  });

  it('has attributes whose names are none of fields', () => {
    const attributes = { 'Max. load [kg] 100%': '5', "O'": '"' };
    const product = { ...PRODUCT, variants: [{ ...variant('OAK', 1), attributes }] };
    const form = valuesOf(product, 'de');
    expect(Object.keys(form.variants[0]?.attributes ?? {}).join('')).not.toMatch(/[.[\]"'|]/);
    expect(form.attributes).toEqual(Object.keys(attributes));
    expect(inputOf(form, product, 'de').variants[0]?.attributes).toEqual(attributes);
    expect(valuesFrom(fieldsOf(form))).toEqual(form);
  });

  it('shows and reads prices in the notation of the language', () => {
    expect(values().variants.map(({ price }) => price)).toEqual(['49,90', '1234,50']);
    const [oak] = inputOf(values({ variants: [row('OAK', '1.234,5')] }), PRODUCT, 'de').variants;
    expect(oak?.price).toBe(1234.5);
  });

  it('loses a schedule that was cleared', () => {
    expect(inputOf(values({ publishAt: '' }), PRODUCT, 'de').publish_at).toBeUndefined();
  });
});

describe('a product that is not valid', () => {
  it('has no faults as it was stored', () => {
    expect(faults(values())).toEqual([]);
  });

  it('says where and why', () => {
    expect(
      faults(
        values({
          name: ' ',
          seoSlug: 'A b',
          publishAt: '2026-03-02T10:00',
          unpublishAt: '2026-03-01T10:00',
          tags: 'x'.repeat(61),
          variants: [
            row('OAK', '49,905'),
            row('oak', '1', { prices: { SALE: 'cheap' } }),
            row('ASH', '1', { currency: 'euro' }),
          ],
        }),
      ),
    ).toEqual([
      'name: required',
      'tags: tags',
      'seoSlug: slug',
      'variants.0.price: price',
      'variants.1.sku: sku',
      'variants.1.prices.SALE: price',
      'variants.2.currency: currency',
      'unpublishAt: schedule',
    ]);
  });

  it('names a SKU twice', () => {
    const twice = [...values().variants, ...values().variants.slice(0, 1)];
    expect(faults(values({ variants: twice }))).toEqual(['variants.2.sku: skuTwice']);
  });

  it('is new and empty', () => {
    expect(faults(NEW_PRODUCT)).toContain('name: required');
  });
});

describe('the fields of a product', () => {
  it('can be compared, and become the product again', () => {
    expect(valuesFrom(fieldsOf(values()))).toEqual(values());
  });

  it('merge a new variant, a changed price and a removed variant of two people', () => {
    const mine = values({
      variants: [...values().variants, row('ELM', '5,00')],
    });
    const [oak] = values().variants;
    const theirs = values({ name: 'Lamp', variants: oak ? [{ ...oak, price: '39,90' }] : [] });
    const { merged, conflicts } = mergeThreeWay(fieldsOf(values()), fieldsOf(mine), fieldsOf(theirs));
    expect(conflicts).toEqual([]);
    expect(valuesFrom(merged)).toMatchObject({
      name: 'Lamp',
      variants: [
        { sku: 'OAK', price: '39,90' },
        { sku: 'ELM', price: '5,00' },
      ],
    });
  });

  it('merge pictures of one with list prices of the other', () => {
    const [oak, ...others] = values().variants;
    if (!oak) throw new Error('a variant');
    const pictures = [{ url: '/a b.webp', alt: 'A lamp,\nlit' }, ...oak.pictures];
    const mine = values({ variants: [{ ...oak, pictures }, ...others] });
    const theirs = values({ variants: [{ ...oak, prices: { TRADE: '2' } }, ...others] });
    const { merged, conflicts } = mergeThreeWay(fieldsOf(values()), fieldsOf(mine), fieldsOf(theirs));
    expect(conflicts).toEqual([]);
    expect(valuesFrom(merged).variants[0]).toMatchObject({ pictures, prices: { TRADE: '2' } });
  });

  it('leave a variant out that one removed and the other changed, if the removal is chosen', () => {
    const [oak, ash] = values().variants;
    if (!oak || !ash) throw new Error('two variants');
    const mine = values({ variants: [oak, { ...ash, price: '9,00' }] });
    const theirs = values({ variants: [oak] });
    const { merged, conflicts } = mergeThreeWay(fieldsOf(values()), fieldsOf(mine), fieldsOf(theirs));
    expect(conflicts.map(({ field }) => field)).toEqual(['variant\tASH\tprice']);
    const chosen = withTheirs(merged, conflicts, new Set(['variant\tASH\tprice']));
    expect(valuesFrom(chosen).variants.map(({ sku }) => sku)).toEqual(['OAK']);
  });
});
