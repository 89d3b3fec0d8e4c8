import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportState } from './imports-query.ts';

const COLORS: Readonly<Record<ImportState, string>> = {
  uploading: 'gray',
  checking: 'blue',
  checked: 'yellow',
  running: 'blue',
  done: 'teal',
  failed: 'red',
  cancelled: 'gray',
};

export const StateBadge = ({ state }: { readonly state: ImportState }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[state]}>{t(`imports.state.${state}`)}</Badge>;
};
