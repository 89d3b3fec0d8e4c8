import type { components } from '#openapi/generated/catalog.ts';
import type { RowReport } from '../../core/application/import-products.ts';
import { MOST_REPORTED } from '../imports/limits.ts';

/** Summarises the outcome of an import. If there are too many rows, the rejected ones come first. */
export const fromReport = (rows: readonly RowReport[]): components['schemas']['ImportReport'] => {
  const count = (status: RowReport['status']): number => rows.filter((row) => row.status === status).length;
  const told = [...rows.filter(isRejected), ...rows.filter((row) => !isRejected(row))]
    .slice(0, MOST_REPORTED)
    .sort((a, b) => a.line - b.line);
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    rejected: count('rejected'),
    rows: told.map(({ line, status, productId, errors }) => ({
      line,
      status,
      ...(productId === undefined ? {} : { product_id: productId }),
      ...(errors === undefined ? {} : { errors: [...errors] }),
    })),
    ...(told.length === rows.length ? {} : { rows_not_told: rows.length - told.length }),
  };
};

const isRejected = ({ status }: RowReport): boolean => status === 'rejected';
