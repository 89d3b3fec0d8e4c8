import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { download } from '../../shared/download.ts';
import { notify } from '../../shared/notify.ts';
import { Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { Failure } from '../../shared/shown.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { rowsQuery, type Import } from './imports-query.ts';
import { NewImport } from './new-import.tsx';

const MOST_CELLS = 6;

/** The faulty cell, in quotes. */
const cellOf = ({ columns }: Import, cells: readonly string[], column: string | undefined): string => {
  const cell = cells[columns.findIndex(({ name }) => name === column)];
  return cell === undefined ? '' : ` (“${cell}”)`;
};

/** The rows that were rejected, with why; repaired, they are imported alone. */
export const Rejected = ({ value }: { readonly value: Import }): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const query = useInfiniteQuery(rowsQuery(value.import_id, value.version));
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const save = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET('/api/v1/imports/{import_id}/rejected-file', {
        params: { path: { import_id: value.import_id } },
        parseAs: 'blob',
      });
      download(new Blob([data ?? '']), `rejected.${value.format}`);
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  return (
    <Panel
      title={t('imports.rejected', { count: value.counts.rejected })}
      aside={
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t('imports.downloadRejected')}
        </Button>
      }
    >
      <Stack gap="sm">
        {query.error && rows.length === 0 ? (
          <Failure error={query.error} again={() => void query.refetch()} isTrying={query.isFetching} />
        ) : (
          <Box style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('imports.rejectedRows')}>
            <table className="table lines tight" aria-label={t('imports.rejectedRows')}>
              <thead>
                <tr>
                  <Th w={70}>{t('imports.line')}</Th>
                  <Th>{t('imports.why')}</Th>
                  <Th visibleFrom="sm">{t('imports.row')}</Th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.row}>
                    <Td c="dimmed">{number(row.line)}</Td>
                    <Td>
                      {row.errors.map(({ column, message }, index) => (
                        <Text key={index} size="sm" style={{ overflowWrap: 'anywhere' }}>
                          {column !== undefined && <strong>{column}: </strong>}
                          {message}
                          {cellOf(value, row.cells, column)}
                        </Text>
                      ))}
                    </Td>
                    <Td visibleFrom="sm" maw={420}>
                      <Text
                        size="xs"
                        c="dimmed"
                        className="mono"
                        lineClamp={2}
                        style={{ overflowWrap: 'anywhere' }}
                      >
                        {row.cells.slice(0, MOST_CELLS).join(' · ')}
                        {row.cells.length > MOST_CELLS && ' …'}
                      </Text>
                    </Td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Box>
        )}
        {query.hasNextPage && (
          <Group justify="center">
            <Button
              variant="default"
              size="xs"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('act.showMore')}
            </Button>
          </Group>
        )}
        {value.state === 'done' && (
          <NewImport label={t('imports.chooseRepaired')} hint={t('imports.repairHint')} />
        )}
      </Stack>
    </Panel>
  );
};
