export interface Products {
  /** Those of these products that customers see. Throws if it is unknown. */
  existing(productIds: readonly string[]): Promise<ReadonlySet<string>>;
}
