import type { components } from '#openapi/generated/catalog.ts';
import type { RowReport } from '../../core/application/import-products.ts';

/** Sums up what became of an import's rows. */
export const fromReport = (rows: readonly RowReport[]): components['schemas']['ImportReport'] => {
  const count = (status: RowReport['status']): number => rows.filter((row) => row.status === status).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    rows: rows.map(({ line, status, productId, errors }) => ({
      line,
      status,
      ...(productId === undefined ? {} : { product_id: productId }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
    })),
  };
};
