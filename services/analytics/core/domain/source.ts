/** How a shopper can get to a product. */
export const SOURCES = ['search', 'recommendation', 'category', 'direct'] as const;
export type SourceKind = (typeof SOURCES)[number];
