import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { nameQuery } from './products-query.ts';

/** Names of products by ID, as far as they are known. */
export const useNames = (ids: readonly string[]): ((productId: string) => string) => {
  const { t } = useTranslation();
  const found = useQueries({ queries: ids.map(nameQuery) });
  return (productId) => {
    const data = found[ids.indexOf(productId)]?.data;
    return data === null ? t('product.relatedGone') : (data ?? '…');
  };
};
