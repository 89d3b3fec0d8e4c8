import type { MeasureRange } from './measure.ts';

/** What a shopper has chosen. Several values of one filter are alternatives; different filters must all hold. */
export interface Filters {
  /** Products in one of these categories, or below it. */
  readonly categoryIds?: readonly string[] | undefined;
  readonly category?: readonly string[] | undefined;
  readonly subcategory?: readonly string[] | undefined;
  readonly brand?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  /** The lowest average rating. */
  readonly rating?: number | undefined;
  // One variant must meet all of the following.
  /** Values by name of the attribute. */
  readonly attributes?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Ranges of numbers by name of the attribute. */
  readonly ranges?: ReadonlyMap<string, readonly MeasureRange[]> | undefined;
  readonly price?: PriceRange | undefined;
  readonly currency?: string | undefined;
  readonly inStock?: boolean | undefined;
}

/** No filter that a shopper chose: a shop may always send its currency. */
export const isUnfiltered = ({
  attributes,
  ranges,
  price,
  inStock,
  currency: _,
  ...others
}: Filters): boolean =>
  (attributes?.size ?? 0) + (ranges?.size ?? 0) === 0 &&
  price?.min === undefined &&
  price?.max === undefined &&
  inStock !== true &&
  Object.values(others).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));

/** In major units, both ends included. */
export interface PriceRange {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** Facets of products, each the name of its filter. */
export const PRODUCT_FACETS = ['category', 'subcategory', 'brand', 'tag'] as const;
export type ProductFacet = (typeof PRODUCT_FACETS)[number];

/** An attribute's value as one text, for indexes. */
export const attributeKey = (name: string, value: string): string => `${name}\u001f${value}`;

export const splitAttributeKey = (key: string): readonly [name: string, value: string] => {
  const end = key.indexOf('\u001f');
  return [key.slice(0, end), key.slice(end + 1)];
};

/** Values with their numbers of products, most frequent first. */
export interface Facet {
  readonly name: string;
  readonly values: readonly FacetValue[];
}

export interface FacetValue {
  readonly value: string;
  readonly products: number;
}

/** Numbers of an attribute with the same unit. */
export interface RangeFacet {
  readonly name: string;
  /** Empty without one. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
}

/**
 * The facets of a result. Each ignores its own filter, so that it shows what another choice would find, and counts
 * products.
 */
export interface Facets {
  readonly products: readonly (Facet & { readonly name: ProductFacet })[];
  /** By attribute, those of most products first. */
  readonly attributes: readonly Facet[];
  /** By attribute and unit, sorted by both; the lowest and the highest number. */
  readonly ranges: readonly RangeFacet[];
  /** Absent if nothing was found. */
  readonly price?: { readonly min: number; readonly max: number } | undefined;
  /** Products rated at least 4, 3, 2 and 1. */
  readonly ratings: readonly { readonly atLeast: number; readonly products: number }[];
  readonly inStock: number;
}

/** All facets, or some of products: their variants are then not looked at. */
export type FacetChoice = 'all' | readonly ProductFacet[];

/** The facets that a choice of some of products leaves out. */
export const LEFT_OUT: Omit<Facets, 'products'> = { attributes: [], ranges: [], ratings: [], inStock: 0 };

/** Values of a facet that are returned; the rest is rare. */
export const MOST_VALUES = 50;
/** Attributes that are returned as facets. */
export const MOST_ATTRIBUTES = 20;

export type Sort = 'relevance' | 'price_asc' | 'price_desc' | 'newest' | 'rating' | 'best_selling';
