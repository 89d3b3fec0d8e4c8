import { Box, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import '../system/texts.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { SaveButton } from '../../shared/save-button.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { lowStockQuery, MOST } from '../needs-you/needs-query.ts';
import { countsQuery } from '../orders/orders-query.ts';
import { Bars } from './bars.tsx';
import { Customers } from './customers.tsx';
import { Figure } from './figure.tsx';
import { figuresQuery, type Figures } from './home-query.ts';
import { saveSales } from './save-report.ts';
import { Stock } from './stock.tsx';
import { RANGES } from './view.ts';
import { Visits } from './visits.tsx';

const MOST_COUNTED = 1_000;

const Home = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const { days = 7 } = Route.useSearch();
  const { number } = useFormat();
  const counts = useQuery(countsQuery);
  const low = useQuery({ ...lowStockQuery, enabled: may('inventory:read') });
  const counted = (count: number | undefined, most: number): string =>
    count === undefined ? '–' : count < most ? number(count) : `${number(most)}+`;
  return (
    <Page title={t('menu.home')}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: may('inventory:read') ? 3 : 2, xs: 3 }} spacing={{ base: 'xs', xs: 'md' }}>
          <Tile
            label={t('orders.view.to_ship')}
            value={counted(counts.data?.get('to_ship'), MOST_COUNTED)}
            link={(content) => (
              <Link to="/orders" search={{ view: 'to_ship' }} className="row-link">
                {content}
              </Link>
            )}
          />
          <Tile
            label={t('needs.kind.cases')}
            value={counted(counts.data?.get('needs_you'), MOST_COUNTED)}
            link={(content) => (
              <Link to="/needs-you" className="row-link">
                {content}
              </Link>
            )}
          />
          {may('inventory:read') && (
            <Tile
              label={t('home.lowStock')}
              value={counted(low.data?.items.length, MOST)}
              link={(content) => (
                <Link to="/stock" search={{ low: true }} className="row-link">
                  {content}
                </Link>
              )}
            />
          )}
        </SimpleGrid>
        <Sales />
        {may('analytics:read') && <Customers days={days} />}
        {may('analytics:read') && <Stock days={days} />}
        {may('analytics:read') && <Visits days={days} />}
      </Stack>
    </Page>
  );
};

interface TileProps {
  readonly label: string;
  readonly value: string;
  readonly link: (content: ReactNode) => ReactNode;
}

const Tile = ({ label, value, link }: TileProps): ReactNode => (
  <Box className="surface linked-row" p={{ base: 'xs', xs: 'md' }}>
    <Text size="sm">{link(label)}</Text>
    <Text fz={28} fw={700} className="numeric">
      {value}
    </Text>
  </Box>
);

const Sales = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const { days = 7 } = Route.useSearch();
  return (
    <Panel
      title={t('home.sales')}
      aside={
        <Group gap="sm">
          <Views
            label={t('home.range')}
            current={String(days)}
            views={RANGES.map((range) => ({ view: String(range), label: t(`home.days_${range}`) }))}
            searchOf={(range) => (range === '7' ? {} : { days: Number(range) })}
          />
          {may('analytics:read') && (
            <SaveButton label="CSV" about={t('home.sales')} save={() => saveSales(days)} />
          )}
        </Group>
      }
    >
      <Shown query={useQuery(figuresQuery(days))} skeleton={<RowsSkeleton rows={4} />}>
        {({ currencies, time_zone: zone }) => (
          <Stack gap="lg">
            {currencies.length === 0 && <Text size="sm">{t('home.nothingSold')}</Text>}
            {currencies.map((figures) => (
              <CurrencySales key={figures.currency} figures={figures} />
            ))}
            <Text size="xs" c="dimmed">
              {t('home.note', { zone })}
            </Text>
          </Stack>
        )}
      </Shown>
    </Panel>
  );
};

const CurrencySales = ({ figures }: { readonly figures: Figures }): ReactNode => {
  const { t } = useTranslation();
  const { money, number } = useFormat();
  const { currency, total, before, days } = figures;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 2, xs: 3 }} spacing="md" verticalSpacing="xs" maw={640}>
        <Figure
          label={t('home.orders')}
          value={number(total.orders)}
          now={total.orders}
          then={before?.orders}
        />
        <Figure
          label={t('home.gross')}
          value={money(total.gross, currency)}
          now={total.gross}
          then={before?.gross}
        />
        <Figure
          label={t('home.refunded')}
          value={money(total.refunded, currency)}
          now={total.refunded}
          then={before?.refunded}
        />
      </SimpleGrid>
      {days.length > 1 && <Bars figures={figures} />}
    </Stack>
  );
};

export const Route = createLazyRoute('/shell/home')({ component: Home });
