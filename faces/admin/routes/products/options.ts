import { attributeKey, type VariantValues } from './product-form.ts';

/** What customers choose from, such as a size. */
export interface Option {
  readonly name: string;
  readonly values: readonly string[];
}

/** From a field: `S, M, L`. */
export const valuesIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean),
  ),
];

type Attributes = Readonly<Record<string, string>>;

/** Every combination of one value per option; none without values. */
export const combinationsOf = (options: readonly Option[]): readonly Attributes[] => {
  const chosen = options.filter(({ name, values }) => name.trim() !== '' && values.length > 0);
  if (chosen.length === 0) return [];
  return chosen.reduce<readonly Attributes[]>(
    (all, { name, values }) =>
      all.flatMap((one) => values.map((value) => ({ ...one, [name.trim()]: value }))),
    [{}],
  );
};

const UMLAUTS: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', ß: 'SS', ẞ: 'SS' };

/** As part of a SKU: capital letters, digits and hyphens. */
export const skuPart = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[ÄÖÜßẞ]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const MOST_SKU = 40;
const LEAST_SKU = 3;

/** Distinct from those that are taken. */
const skuOf = (parts: readonly string[], taken: ReadonlySet<string>): string => {
  const base = parts.map(skuPart).filter(Boolean).join('-').slice(0, MOST_SKU).replace(/-$/, '');
  const whole = base.length < LEAST_SKU ? `SKU-${base}` : base;
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`;
    const sku = whole.slice(0, MOST_SKU - suffix.length) + suffix;
    if (!taken.has(sku)) return sku;
  }
};

const isOf = (variant: VariantValues, combination: Attributes): boolean =>
  Object.entries(combination).every(([name, value]) => variant.attributes[attributeKey(name)] === value);

/**
 * The variants with one more for each combination that is missing; those that are there stay as they are, but for a first row without
 * a SKU, which says price and currency only.
 * @param prefix how their SKUs begin
 */
export const withCombinations = (
  variants: readonly VariantValues[],
  combinations: readonly Attributes[],
  prefix: string,
): VariantValues[] => {
  const kept = variants.filter(({ sku }) => sku.trim() !== '');
  const taken = new Set(kept.map(({ sku }) => sku));
  const model = variants.at(-1);
  const added = combinations
    .filter((combination) => !kept.some((variant) => isOf(variant, combination)))
    .map((combination): VariantValues => {
      const sku = skuOf([prefix, ...Object.values(combination)], taken);
      taken.add(sku);
      return {
        sku,
        price: model?.price ?? '',
        currency: model?.currency ?? 'EUR',
        attributes: Object.fromEntries(
          Object.entries(combination).map(([name, value]) => [attributeKey(name), value]),
        ),
        prices: {},
        pictures: [...(model?.pictures ?? [])],
        stock: model?.stock ?? '',
      };
    });
  return [...kept, ...added];
};
