import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../../shared/modal.tsx';
import { Shown } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { erasureQuery } from '../users/users-query.ts';
import './texts.ts';

interface ErasureProps {
  readonly erasureId: string;
  readonly close: () => void;
}

/** What every service has erased, and what stays and why. */
const Erasure = ({ erasureId, close }: ErasureProps): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const query = useQuery(erasureQuery(erasureId));
  const countOf = (records: readonly { readonly kind: string; readonly count: number }[]): string =>
    records.map(({ kind, count }) => `${kind.replaceAll('_', ' ')}: ${number(count)}`).join(', ');
  return (
    <Modal
      opened
      onClose={close}
      title={t('customers.erasure.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {({ status, open, reports }) => (
          <Stack gap="md">
            <Alert color={status === 'completed' ? 'teal' : 'yellow'} role="status">
              {status === 'completed'
                ? t('customers.erasure.completed')
                : t('customers.erasure.open', { services: open.join(', ') })}
            </Alert>
            {reports.length > 0 && (
              <table className="table lines tight" aria-label={t('customers.erasure.title')}>
                <thead>
                  <tr>
                    <Th>{t('customers.erasure.service')}</Th>
                    <Th>{t('customers.erasure.erased')}</Th>
                    <Th>{t('customers.erasure.kept')}</Th>
                  </tr>
                </thead>
                <tbody>
                  {reports.map(({ service, erased, kept }) => (
                    <tr key={service}>
                      <Td>{service}</Td>
                      <Td>{countOf(erased.filter(({ count }) => count > 0)) || '—'}</Td>
                      <Td>
                        {kept.length === 0
                          ? '—'
                          : kept.map((records) => (
                              <Text key={records.kind} size="sm">
                                {countOf([records])} ({t(`customers.erasure.because.${records.reason}`)})
                              </Text>
                            ))}
                      </Td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Stack>
        )}
      </Shown>
    </Modal>
  );
};

export default Erasure;
