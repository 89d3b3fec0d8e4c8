import { Box, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Cohort } from './customers-query.ts';

/** By the month of their first order: how many customers, and the share of them that ordered in each later month. */
export const Cohorts = ({ cohorts }: { readonly cohorts: readonly Cohort[] }): ReactNode => {
  const { t } = useTranslation();
  const { month, number, percent } = useFormat();
  const known = cohorts.filter(({ customers }) => customers > 0);
  const later = known[0]?.again ?? [];
  const title = t('home.cohorts');
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      {known.length === 0 ? (
        <Text size="sm">{t('home.none')}</Text>
      ) : (
        <Box role="region" aria-label={title} tabIndex={0} style={{ overflowX: 'auto' }}>
          <table className="table" aria-label={title}>
            <thead>
              <tr>
                <Th>{t('home.firstOrder')}</Th>
                <Th ta="right">{t('home.customers')}</Th>
                {later.map((_, index) => (
                  <Th key={index} ta="right">
                    {t('home.monthAfter', { number: index + 1 })}
                  </Th>
                ))}
              </tr>
            </thead>
            <tbody>
              {known.map(({ start, customers, again }) => (
                <tr key={start}>
                  <Td>{month(start)}</Td>
                  <Td ta="right">{number(customers)}</Td>
                  {later.map((_, index) => (
                    <Td key={index} ta="right">
                      {again[index] === undefined ? '' : percent(again[index].share)}
                    </Td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Box>
      )}
    </div>
  );
};
