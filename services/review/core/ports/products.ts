/** The products of the catalog. Throws an outage if it cannot be asked. */
export interface Products {
  /** Whether customers see the product. */
  isPublished(productId: string): Promise<boolean>;
}
