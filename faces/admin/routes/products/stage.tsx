import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';

type Stage = Schemas['Stage'];

const COLORS: Readonly<Record<Stage, string>> = {
  draft: 'gray',
  scheduled: 'blue',
  published: 'teal',
  ended: 'orange',
  trash: 'red',
};

export const StageBadge = ({ stage }: { readonly stage: Stage }): ReactNode => {
  const { t } = useTranslation();
  return <Badge color={COLORS[stage]}>{t(`products.stage.${stage}`)}</Badge>;
};
