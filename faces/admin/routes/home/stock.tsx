import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { SaveButton } from '../../shared/save-button.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { Counts } from './counts.tsx';
import { saveStock } from './save-report.ts';
import { stockQuery } from './stock-query.ts';

/** What will soon be sold out, and what does not sell. */
export const Stock = ({ days }: { readonly days: number }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('home.stock')}
      aside={<SaveButton label="CSV" about={t('home.stock')} save={() => saveStock(days)} />}
    >
      <Shown query={useQuery(stockQuery(days))} skeleton={<RowsSkeleton rows={5} />}>
        {({ sellsOut, unsold }) => (
          <Stack gap="lg">
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              <Counts
                title={t('home.sellsOut')}
                names={[t('home.sku'), t('home.onHand'), t('home.cover')]}
                rows={sellsOut.map(({ sku, on_hand: onHand, days_of_cover: cover = 0 }) => [
                  sku,
                  onHand,
                  Math.floor(cover),
                ])}
              />
              <Counts
                title={t('home.unsold')}
                names={[t('home.sku'), t('home.onHand')]}
                rows={unsold.map(({ sku, on_hand: onHand }) => [sku, onHand])}
              />
            </SimpleGrid>
            <Text size="xs" c="dimmed">
              {t('home.stockNote')}
            </Text>
          </Stack>
        )}
      </Shown>
    </Panel>
  );
};
