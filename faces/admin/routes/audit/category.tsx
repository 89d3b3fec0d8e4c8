import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { oneOf } from '../../shared/search-params.ts';
import { CATEGORIES } from './view.ts';

export const CategoryBadge = ({ category }: { readonly category: string }): ReactNode => {
  const { t } = useTranslation();
  const known = oneOf(CATEGORIES, category);
  return <Badge color="gray">{known === undefined ? category : t(`audit.category.${known}`)}</Badge>;
};
