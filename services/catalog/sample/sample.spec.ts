import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { shelves } from './data/index.ts';
import { expandShelf } from './expand.ts';
import { renderPicture } from './picture.ts';
import { shapes } from './shapes/index.ts';

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

const file = readFileSync(new URL('./products.jsonl', import.meta.url), 'utf8');
const products = file
  .trimEnd()
  .split('\n')
  .map((line) => productLine.parse(JSON.parse(line)));
const variants = products.flatMap((product) => product.variants);

const distinct = (values: readonly string[]): number => new Set(values).size;

describe('the sample catalogue', () => {
  it('is what the tables say', () => {
    expect(products).toEqual(shelves.flatMap(expandShelf));
  });

  it('is wide: many products, in many categories of two to four subcategories', () => {
    const categories = Map.groupBy(products, (product) => product.category);
    expect(products.length).toBeGreaterThanOrEqual(180);
    expect(categories.size).toBeGreaterThanOrEqual(10);
    for (const [category, members] of categories) {
      const subcategories = distinct(members.map((product) => product.subcategory));
      expect({ category, subcategories: subcategories >= 2 && subcategories <= 4 }).toEqual({
        category,
        subcategories: true,
      });
    }
  });

  it('uses no name, no description and no SKU twice', () => {
    expect(distinct(products.map((product) => product.name))).toBe(products.length);
    expect(distinct(products.map((product) => product.description))).toBe(products.length);
    expect(distinct(variants.map((variant) => variant.sku))).toBe(variants.length);
  });

  it('describes each product in two to four sentences', () => {
    const odd = products.filter(({ description }) => {
      const sentences = description.split(/(?<=[.!?])\s+/).length;
      return sentences < 2 || sentences > 4;
    });
    expect(odd.map((product) => product.name)).toEqual([]);
  });

  it.each(products.map((product) => [product.name, product.variants] as const))(
    'tells the variants of %s apart by the same attributes',
    (_, members) => {
      const keys = members.map(({ attributes }) => Object.keys(attributes).join());
      const values = members.map(({ attributes }) => Object.values(attributes).join('|'));
      expect(distinct(keys)).toBe(1);
      expect(distinct(values)).toBe(members.length);
    },
  );

  it('offers a choice almost everywhere', () => {
    const single = products.filter((product) => product.variants.length === 1);
    expect(single.length).toBeLessThan(products.length / 20);
  });

  it('holds what is plentiful, scarce and sold out', () => {
    const stock = variants.map((variant) => variant.initial_stock);
    expect(stock.filter((units) => units >= 40).length).toBeGreaterThan(100);
    expect(stock.filter((units) => units >= 1 && units <= 3).length).toBeGreaterThan(50);
    expect(stock.filter((units) => units === 0).length).toBeGreaterThan(30);
  });

  it('sells out whole products, too', () => {
    const gone = products.filter((product) =>
      product.variants.every((variant) => variant.initial_stock === 0),
    );
    expect(gone.length).toBeGreaterThanOrEqual(5);
  });

  it('has a drawn picture for every variant, under an address that needs no encoding', () => {
    for (const address of new Set(variants.flatMap((variant) => variant.images))) {
      const name = address.replace('/media/samples/', '');
      expect(new URL(address, 'http://shop.test').pathname).toBe(address);
      expect(shapes.has(name.split('~')[0] ?? '')).toBe(true);
      expect(renderPicture(name)).toMatch(/^<svg .*<\/svg>$/);
    }
  });
});

describe('a picture', () => {
  it('carries its label, with a dash read as a space', () => {
    expect(renderPicture('laptop~9aa4b1~Aerion-14.svg')).toContain('>Aerion 14</text>');
  });

  it('is the same whenever it is asked for', () => {
    expect(renderPicture('mug~2f7f83~Morning-Mug.svg')).toBe(renderPicture('mug~2f7f83~Morning-Mug.svg'));
  });

  it('differs by shape and by colour', () => {
    const mug = renderPicture('mug~2f7f83~Morning.svg');
    expect(renderPicture('bowl~2f7f83~Morning.svg')).not.toBe(mug);
    expect(renderPicture('mug~b4573a~Morning.svg')).not.toBe(mug);
  });

  it.each(['constructor', 'teleporter'])('shows a box for a shape nobody has drawn: %s', (shape) => {
    expect(renderPicture(`${shape}~2f7f83~New.svg`)).toBe(renderPicture('box~2f7f83~New.svg'));
  });

  it('escapes what XML would read as its own', () => {
    const picture = renderPicture("book~2f7f83~Salt-&lt-O'Hara.svg");
    expect(picture).toContain('>Salt &amp;lt O&apos;Hara</text>');
    expect(picture).not.toMatch(/&(?!amp;|apos;)/);
  });

  it.each([...shapes.keys()])('%s is whole: every element closed, no number lost', (shape) => {
    const picture = renderPicture(`${shape}~c4714f~Some-Name.svg`) ?? '';
    const opened = picture.match(/<[a-zA-Z]+[^>]*[^/]>/g)?.length;
    expect(picture.match(/<\//g)?.length).toBe(opened);
    expect(picture).not.toMatch(/NaN|undefined|null/);
  });

  it.each([
    '',
    'laptop',
    'laptop~9aa4b1.svg',
    'laptop~9aa4b1~Aerion-14',
    'laptop~9aa4b1~Aerion-14.png',
    'laptop~9aa4b1~.svg',
    'laptop~9AA4B1~Aerion.svg',
    'laptop~9aa4b~Aerion.svg',
    'laptop~9aa4b1"~Aerion.svg',
    'Laptop~9aa4b1~Aerion.svg',
    'laptop~9aa4b1~Aerion 14.svg',
    'laptop~9aa4b1~<script>.svg',
    'laptop~9aa4b1~a"onload="x.svg',
    'laptop~9aa4b1~Aerion~14.svg',
    'laptop~9aa4b1~../../secret.svg',
    'laptop~9aa4b1~Aerion.svg\n',
    `laptop~9aa4b1~${'a'.repeat(41)}.svg`,
    `${'a'.repeat(25)}~9aa4b1~Aerion.svg`,
  ])('is refused where the name is malformed: %j', (name) => {
    expect(renderPicture(name)).toBeUndefined();
  });
});
