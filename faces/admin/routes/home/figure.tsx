import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../shared/use-format.ts';

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly now: number;
  readonly then: number | undefined;
}

/** A number with its change against the period before. */
export const Figure = ({ label, value, now, then }: FigureProps): ReactNode => {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const change =
    then === undefined || then === 0
      ? undefined
      : new Intl.NumberFormat(locale, { style: 'percent', signDisplay: 'exceptZero' }).format(now / then - 1);
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text fz={22} fw={650} className="numeric">
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {change === undefined ? t('home.noComparison') : t('home.change', { change })}
      </Text>
    </Stack>
  );
};
