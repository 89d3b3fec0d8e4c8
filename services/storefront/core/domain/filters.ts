import type { ChosenFilter, FacetView } from '#contracts/pages/storefront.ts';
import type { Facets } from '../ports/shop.ts';
import { hrefWith } from './links.ts';

/** What a visitor has chosen in the search form; empty texts are no choice. */
export interface Filters {
  readonly query: string;
  /** Slug. */
  readonly category: string;
  readonly brands: readonly string[];
  readonly attributes: readonly string[];
  readonly minPrice: string;
  readonly maxPrice: string;
  readonly rating: string;
  readonly isInStockOnly: boolean;
  readonly sort: string;
}

export const SORTS = ['relevance', 'best_selling', 'price_asc', 'price_desc', 'newest', 'rating'] as const;

export const NO_FILTERS: Filters = {
  query: '',
  category: '',
  brands: [],
  attributes: [],
  minPrice: '',
  maxPrice: '',
  rating: '',
  isInStockOnly: false,
  sort: 'relevance',
};

/** The search page with these filters. */
export const searchHref = (filters: Filters, cursor?: string): string =>
  hrefWith('/search', [
    ['q', filters.query],
    ['category', filters.category],
    ...filters.brands.map((brand) => ['brand', brand] as const),
    ...filters.attributes.map((attribute) => ['attribute', attribute] as const),
    ['min_price', filters.minPrice],
    ['max_price', filters.maxPrice],
    ['rating', filters.rating],
    ['in_stock', filters.isInStockOnly ? 'true' : ''],
    ['sort', filters.sort === 'relevance' ? '' : filters.sort],
    ['cursor', cursor],
  ]);

/** Whether nothing but a category is chosen, which has a page of its own. */
export const isOnlyCategory = (filters: Filters): boolean =>
  filters.category !== '' &&
  searchHref(filters) === searchHref({ ...NO_FILTERS, category: filters.category });

const without = (values: readonly string[], value: string): readonly string[] =>
  values.filter((one) => one !== value);

/** Each filter, with the page without it. */
export const chosenOf = (filters: Filters): readonly ChosenFilter[] => {
  const { brands, attributes, minPrice, maxPrice, rating } = filters;
  return [
    ...brands.map((brand) => ({
      field: 'brand' as const,
      text: brand,
      href: searchHref({ ...filters, brands: without(brands, brand) }),
    })),
    ...attributes.map((attribute) => ({
      field: 'attribute' as const,
      text: attribute.replace(':', ': '),
      href: searchHref({ ...filters, attributes: without(attributes, attribute) }),
    })),
    ...(minPrice === '' && maxPrice === ''
      ? []
      : [
          {
            field: 'price' as const,
            text: `${minPrice} – ${maxPrice}`.trim(),
            href: searchHref({ ...filters, minPrice: '', maxPrice: '' }),
          },
        ]),
    ...(rating === ''
      ? []
      : [{ field: 'rating' as const, text: rating, href: searchHref({ ...filters, rating: '' }) }]),
    ...(filters.isInStockOnly
      ? [{ field: 'in_stock' as const, text: '', href: searchHref({ ...filters, isInStockOnly: false }) }]
      : []),
  ];
};

/** More values of a facet do not help anyone to choose. */
const MOST_VALUES = 12;
const MOST_ATTRIBUTES = 5;

/** The facets that can narrow down the result, or are chosen. */
export const facetsOf = (facets: Facets | undefined, filters: Filters): readonly FacetView[] => {
  if (!facets) return [];
  const brands: FacetView = {
    field: 'brand',
    name: undefined,
    values: facets.brands.slice(0, MOST_VALUES).map(({ value, count }) => ({
      value,
      text: value,
      count,
      isChosen: filters.brands.includes(value),
    })),
  };
  const attributes = facets.attributes.slice(0, MOST_ATTRIBUTES).map(({ name, values }): FacetView => ({
    field: 'attribute',
    name,
    values: values.slice(0, MOST_VALUES).map(({ value, count }) => ({
      value: `${name}:${value}`,
      text: value,
      count,
      isChosen: filters.attributes.includes(`${name}:${value}`),
    })),
  }));
  const ratings: FacetView = {
    field: 'rating',
    name: undefined,
    values: facets.ratings
      .filter(({ count }) => count > 0)
      .map(({ atLeast, count }) => ({
        value: String(atLeast),
        text: String(atLeast),
        count,
        isChosen: filters.rating === String(atLeast),
      })),
  };
  const isUseful = ({ values }: FacetView): boolean =>
    values.length > 1 || values.some(({ isChosen }) => isChosen);
  return [brands, ...attributes, ratings].filter(isUseful);
};
