import type { ProductPage } from '#contracts/pages/storefront.ts';
import type { Product, Variant } from '../ports/shop.ts';
import { productHref } from './links.ts';

type Stock = ReadonlyMap<string, number> | undefined;

const isSoldOut = ({ variantId }: Variant, stock: Stock): boolean => stock?.get(variantId) === 0;

/** The variant asked for, or the first in stock. */
export const chosenVariant = (
  { variants }: Product,
  wanted: string | undefined,
  stock: Stock,
): Variant | undefined =>
  variants.find(({ variantId }) => variantId === wanted) ??
  variants.find((variant) => !isSoldOut(variant, stock)) ??
  variants[0];

const agreement = (a: Variant, b: Variant): number =>
  Object.entries(a.attributes).filter(([name, value]) => b.attributes[name] === value).length;

/** The variant with this value that is most like the chosen one, in stock if possible. */
const closest = (variants: readonly Variant[], chosen: Variant, stock: Stock): Variant => {
  const score = (variant: Variant): number =>
    2 * agreement(chosen, variant) + (isSoldOut(variant, stock) ? 0 : 1);
  return variants.reduce((best, one) => (score(one) > score(best) ? one : best));
};

/** Each attribute in which variants differ, with a link per value. */
export const optionsOf = (product: Product, chosen: Variant, stock: Stock): ProductPage['options'] => {
  const { productId, name: productName, variants, slug } = product;
  const names = [...new Set(variants.flatMap(({ attributes }) => Object.keys(attributes)))];
  return names.flatMap((name) => {
    const values = [...new Set(variants.flatMap(({ attributes }) => attributes[name] ?? []))];
    if (values.length < 2) return [];
    const links = values.map((value) => {
      const having = variants.filter(({ attributes }) => attributes[name] === value);
      const variant = closest(having, chosen, stock);
      const isChosen = chosen.attributes[name] === value;
      return {
        href: productHref(productId, productName, isChosen ? chosen.variantId : variant.variantId, slug),
        text: value,
        isChosen,
        isSoldOut: isSoldOut(variant, stock),
      };
    });
    return [{ name, values: links }];
  });
};
