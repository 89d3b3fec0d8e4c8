import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { SaveButton } from '../../shared/save-button.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Cohorts } from './cohorts.tsx';
import { COHORTS, customersQuery, type Baskets, type CustomerChart } from './customers-query.ts';
import { Figure } from './figure.tsx';
import { saveCohorts, saveCustomers } from './save-report.ts';

/** Who ordered for the first time or again, and what an order contains. */
export const Customers = ({ days }: { readonly days: number }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('home.customers')}
      aside={
        <Group gap="sm">
          <SaveButton label="CSV" about={t('home.customers')} save={() => saveCustomers(days)} />
          <SaveButton label={t('home.cohortsFile')} save={() => saveCohorts(COHORTS)} />
        </Group>
      }
    >
      <Shown query={useQuery(customersQuery(days))} skeleton={<RowsSkeleton rows={6} />}>
        {({ customers, baskets, cohorts }) => (
          <Stack gap="lg">
            <Orders chart={customers} />
            {baskets.map((one) => (
              <Basket key={one.currency} baskets={one} />
            ))}
            <Cohorts cohorts={cohorts} />
            <Text size="xs" c="dimmed">
              {t('home.customersNote')}
            </Text>
          </Stack>
        )}
      </Shown>
    </Panel>
  );
};

const Orders = ({ chart: { total, before } }: { readonly chart: CustomerChart }): ReactNode => {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  return (
    <Group gap="xl">
      <Figure
        label={t('home.repeatRate')}
        value={total.repeat_rate === undefined ? '–' : percent(total.repeat_rate)}
        now={total.repeat_rate ?? 0}
        then={before?.repeat_rate}
      />
      {(['first_orders', 'repeat_orders', 'guest_orders'] as const).map((kind) => (
        <Figure
          key={kind}
          label={t(`home.${kind}`)}
          value={number(total[kind])}
          now={total[kind]}
          then={before?.[kind]}
        />
      ))}
    </Group>
  );
};

/** The averages of a currency. */
const Basket = ({ baskets: { currency, total, before } }: { readonly baskets: Baskets }): ReactNode => {
  const { t } = useTranslation();
  const { money, number } = useFormat();
  if (total.average_order === undefined) return null;
  return (
    <Group gap="xl">
      <Figure
        label={t('home.averageOrder', { currency })}
        value={money(total.average_order, currency)}
        now={total.average_order}
        then={before?.average_order}
      />
      {(['units_per_order', 'lines_per_order'] as const).map((kind) => (
        <Figure
          key={kind}
          label={t(`home.${kind}`)}
          value={number(total[kind] ?? 0)}
          now={total[kind] ?? 0}
          then={before?.[kind]}
        />
      ))}
    </Group>
  );
};
