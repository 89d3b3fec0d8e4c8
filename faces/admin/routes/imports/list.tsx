import { Box, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import './texts.ts';
import { useTranslation } from 'react-i18next';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { ExportButton } from './export-button.tsx';
import { importsQuery, type Import } from './imports-query.ts';
import { NewImport } from './new-import.tsx';
import { StateBadge } from './state.tsx';

const useColumns = () => {
  const { t } = useTranslation();
  const { ago, moment, number } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Import>();
    const counted = (name: 'created' | 'updated' | 'rejected') =>
      column.display({
        id: name,
        header: t(`imports.count.${name}`),
        meta: { visibleFrom: 'md', align: 'right' },
        cell: ({ row: { original: one } }) => number(one.counts[name]),
      });
    return column.columns([
      column.display({
        id: 'file',
        header: t('imports.file'),
        cell: ({ row: { original: one } }) => (
          <Stack gap={0}>
            <Link
              to="/imports/$importId"
              params={{ importId: one.import_id }}
              className="row-link"
              style={{ overflowWrap: 'anywhere' }}
            >
              {one.file_name}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm">
              {ago(one.created_at)}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'state',
        header: t('imports.status'),
        cell: ({ row: { original: one } }) => <StateBadge state={one.state} />,
      }),
      counted('created'),
      counted('updated'),
      counted('rejected'),
      column.display({
        id: 'when',
        header: t('imports.when'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: one } }) => (
          <time dateTime={one.created_at} title={moment(one.created_at)}>
            {ago(one.created_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment, number]);
};

const Imports = (): ReactNode => {
  const { t } = useTranslation();
  const { after } = Route.useSearch();
  const query = useQuery(importsQuery(after));
  const columns = useColumns();
  return (
    <Page
      title={t('menu.imports')}
      actions={
        <>
          <ExportButton size="sm" />
          <ExportButton size="sm" format="jsonl" />
        </>
      }
    >
      <Stack gap="md">
        <Panel title={t('imports.new')}>
          <NewImport label={t('imports.choose')} hint={t('imports.drop')} />
        </Panel>
        <Shown query={query} skeleton={<RowsSkeleton rows={5} />}>
          {({ items, next_cursor: next }) =>
            items.length === 0 ? (
              <Box className="surface">
                <Blank Icon={IconFileImport} title={t('imports.none')} text={t('imports.noneText')} />
              </Box>
            ) : (
              <>
                <DataTable
                  caption={t('imports.history')}
                  columns={columns}
                  rows={items}
                  keyOf={({ import_id: id }) => id}
                />
                <Pager cursor={after} next={next} />
              </>
            )
          }
        </Shown>
      </Stack>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/imports')({ component: Imports });
