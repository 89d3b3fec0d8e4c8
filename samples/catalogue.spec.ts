import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const words = z.string().trim().min(1);
const named = z.record(z.string().regex(/^[a-z][a-z_]*$/), words);
const variantLine = z.strictObject({
  sku: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,39}$/),
  attributes: named,
  price: z.number().positive().multipleOf(0.01),
  currency: z.literal('EUR'),
  images: z.array(z.string().startsWith('/media/samples/')).min(1),
  initial_stock: z.int().nonnegative(),
});
const productLine = z.strictObject({
  name: words,
  description: words,
  category: words,
  subcategory: words,
  tags: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  brand: words,
  specifications: named,
  variants: z.array(variantLine).min(1).max(12),
});

const products = readFileSync(new URL('catalogue.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => productLine.parse(JSON.parse(line)));
const variants = products.flatMap((product) => product.variants);
const pictures = readdirSync(new URL('pictures/', import.meta.url));

const distinct = (values: readonly string[]): number => new Set(values).size;

describe('the sample catalogue', () => {
  it('has many products, in many categories of two to four subcategories', () => {
    const categories = Map.groupBy(products, (product) => product.category);
    expect(products.length).toBeGreaterThanOrEqual(180);
    expect(categories.size).toBeGreaterThanOrEqual(10);
    for (const members of categories.values()) {
      const subcategories = distinct(members.map((product) => product.subcategory));
      expect([2, 3, 4]).toContain(subcategories);
    }
  });

  it('uses no name, no description and no SKU twice', () => {
    expect(distinct(products.map((product) => product.name))).toBe(products.length);
    expect(distinct(products.map((product) => product.description))).toBe(products.length);
    expect(distinct(variants.map((variant) => variant.sku))).toBe(variants.length);
  });

  it('distinguishes the variants of each product by the same attributes', () => {
    const unclear = products.filter(({ variants: members }) => {
      const keys = members.map(({ attributes }) => Object.keys(attributes).join());
      const values = members.map(({ attributes }) => Object.values(attributes).join('|'));
      return distinct(keys) !== 1 || distinct(values) !== members.length;
    });
    expect(unclear.map(({ name }) => name)).toEqual([]);
  });

  it('has plentiful, scarce and sold-out variants, and products that are sold out', () => {
    const stock = variants.map((variant) => variant.initial_stock);
    expect(stock.filter((units) => units >= 40).length).toBeGreaterThan(100);
    expect(stock.filter((units) => units >= 1 && units <= 3).length).toBeGreaterThan(50);
    expect(stock.filter((units) => units === 0).length).toBeGreaterThan(30);
    const gone = products.filter(({ variants: members }) => members.every((one) => one.initial_stock === 0));
    expect(gone.length).toBeGreaterThanOrEqual(5);
  });

  it('has a picture for every variant, under a URL that needs no encoding, and no other', () => {
    const addresses = new Set(variants.flatMap((variant) => variant.images));
    for (const address of addresses) expect(new URL(address, 'http://shop.test').pathname).toBe(address);
    const named = [...addresses].map((address) => address.replace('/media/samples/', ''));
    expect(named.sort()).toEqual(pictures.sort());
  });

  it('has pictures that are complete and contain no script', () => {
    for (const picture of pictures) {
      const svg = readFileSync(new URL(`pictures/${picture}`, import.meta.url), 'utf8');
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
      expect(svg).not.toMatch(/<script|\son\w+=|href=|NaN|undefined/i);
    }
  });
});
