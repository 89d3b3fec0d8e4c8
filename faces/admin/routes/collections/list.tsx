import { Box, Button, Stack, Text } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { StageBadge } from '../products/stage.tsx';
import { collectionsQuery } from './collections-query.ts';
import './texts.ts';

type Collection = Schemas['StaffCollection'];

const useColumns = () => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Collection>();
    return column.columns([
      column.display({
        id: 'name',
        header: t('collections.name'),
        cell: ({ row: { original: collection } }) => (
          <Stack gap={0}>
            <Link
              to="/collections/$collectionId"
              params={{ collectionId: collection.collection_id }}
              className="row-link"
              style={{ overflowWrap: 'anywhere' }}
            >
              {collection.name}
            </Link>
            <Text size="xs" c="dimmed" className="mono" style={{ overflowWrap: 'anywhere' }}>
              {collection.slug}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'status',
        header: t('products.status'),
        cell: ({ row: { original: collection } }) => <StageBadge stage={collection.status} />,
      }),
      column.display({
        id: 'products',
        header: t('menu.products'),
        meta: { visibleFrom: 'xs' },
        cell: ({ row: { original: collection } }) =>
          collection.kind === 'rule'
            ? t('collections.kind.rule')
            : t('collections.count', { count: collection.product_ids?.length ?? 0 }),
      }),
      column.display({
        id: 'updated',
        header: t('products.updated'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: collection } }) => (
          <time dateTime={collection.updated_at} title={moment(collection.updated_at)}>
            {ago(collection.updated_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment]);
};

const Collections = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const columns = useColumns();
  return (
    <Page
      title={t('menu.collections')}
      actions={
        <Button
          leftSection={<IconPlus size={16} />}
          renderRoot={(props) => (
            <Link to="/collections/$collectionId" params={{ collectionId: 'new' }} {...props} />
          )}
        >
          {t('collections.new')}
        </Button>
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        {t('collections.lead')}
      </Text>
      <Shown query={useQuery(collectionsQuery(view))} skeleton={<RowsSkeleton rows={6} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank Icon={IconStack2} title={t('collections.none')} text={t('collections.noneText')} />
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.collections')}
                columns={columns}
                rows={items}
                keyOf={({ collection_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/collections')({ component: Collections });
