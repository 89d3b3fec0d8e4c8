import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { SaveButton } from '../../shared/save-button.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Counts } from './counts.tsx';
import { saveFunnel, saveSearches } from './save-report.ts';
import { visitsQuery, type Funnel } from './visits-query.ts';

const STAGES = ['visits', 'views', 'carts', 'checkouts', 'orders', 'paid'] as const;

/** How far visits came, from where, and what they searched for and did not find. */
export const Visits = ({ days }: { readonly days: number }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('home.visits')}
      aside={
        <Group gap="sm">
          <SaveButton label="CSV" about={t('home.visits')} save={() => saveFunnel(days)} />
          <SaveButton label={t('home.searchesFile')} save={() => saveSearches(days)} />
        </Group>
      }
    >
      <Shown query={useQuery(visitsQuery(days))} skeleton={<RowsSkeleton rows={6} />}>
        {({ funnel, searches }) =>
          funnel.total.visits === 0 ? (
            <Text size="sm">{t('home.noVisits')}</Text>
          ) : (
            <Stack gap="lg">
              <Bars funnel={funnel} />
              <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
                <Counts
                  title={t('home.sources')}
                  names={[t('home.source'), t('home.stage.visits'), t('home.stage.paid')]}
                  rows={funnel.sources.map(({ source, visits, paid }) => [
                    t(`home.sourceOf.${source}`),
                    visits,
                    paid,
                  ])}
                />
                <Counts
                  title={t('home.searches')}
                  names={[t('home.query'), t('home.times')]}
                  rows={searches.map(({ query, without_results: times }) => [query, times])}
                />
              </SimpleGrid>
              <Text size="xs" c="dimmed">
                {t('home.visitsNote')}
              </Text>
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
};

/** A bar for each stage, as long as its share of all visits. */
const Bars = ({ funnel: { total, before } }: { readonly funnel: Funnel }): ReactNode => {
  const { t } = useTranslation();
  const { number, percent } = useFormat();
  return (
    <table className="table" aria-label={t('home.visits')}>
      <thead>
        <tr>
          <Th>{t('home.stageName')}</Th>
          <Th ta="right">{t('home.stage.visits')}</Th>
          <Th ta="right">{t('home.share')}</Th>
          <Th ta="right">{t('home.before')}</Th>
        </tr>
      </thead>
      <tbody>
        {STAGES.map((stage) => (
          <tr key={stage}>
            <Td style={{ minWidth: 96 }}>
              {t(`home.stage.${stage}`)}
              <svg
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                aria-hidden="true"
                style={{ width: '100%', height: 6, display: 'block' }}
              >
                <rect
                  width={(100 * total[stage]) / total.visits}
                  height="6"
                  fill="var(--mantine-primary-color-filled)"
                />
              </svg>
            </Td>
            <Td ta="right">{number(total[stage])}</Td>
            <Td ta="right">{percent(total[stage] / total.visits)}</Td>
            <Td ta="right">{before === undefined ? '–' : number(before[stage])}</Td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
