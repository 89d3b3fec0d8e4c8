import { Box, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconEdit, IconFileImport, IconPlus, IconRestore, IconTagOff, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import '../imports/texts.ts';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { Chips } from '../../shared/chips.tsx';
import { BulkBar } from '../../shared/data-table/bulk-bar.tsx';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { useSelection } from '../../shared/data-table/use-selection.ts';
import { notify } from '../../shared/notify.ts';
import { notifyUndo } from '../../shared/notify-undo.tsx';
import { Page } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { SavedViews } from '../../shared/saved-views.tsx';
import { SearchBox } from '../../shared/search-box.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { ExportButton } from '../imports/export-button.tsx';
import { Picture } from './picture.tsx';
import { productsQuery } from './products-query.ts';
import { StageBadge } from './stage.tsx';
import { useCategories } from './use-categories.ts';
import { MISSING, SORTS, STAGES, type ProductsView } from './view.ts';
import './texts.ts';

type Product = Schemas['StaffSummary'];

const useColumns = () => {
  const { t } = useTranslation();
  const { money, ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Product>();
    return column.columns([
      column.display({
        id: 'name',
        header: t('products.name'),
        cell: ({ row: { original: product } }) => (
          <Group gap="sm" wrap="nowrap">
            <Picture url={product.image} size={40} />
            <Stack gap={0} miw={0}>
              <Link to="/products/$productId" params={{ productId: product.product_id }} className="row-link">
                {product.name}
              </Link>
              <Text size="xs" c="dimmed">
                {product.brand}
                <Text span size="xs" hiddenFrom="sm">
                  {' '}
                  · {money(product.price_from, product.currency)}
                </Text>
              </Text>
            </Stack>
          </Group>
        ),
      }),
      column.display({
        id: 'status',
        header: t('products.status'),
        cell: ({ row: { original: product } }) => <StageBadge stage={product.status} />,
      }),
      column.display({
        id: 'missing',
        header: t('products.missing'),
        meta: { visibleFrom: 'lg' },
        cell: ({ row: { original: product } }) => (
          <Text size="sm" c="dimmed">
            {product.missing.map((what) => t(`products.missingOne.${what}`)).join(', ')}
          </Text>
        ),
      }),
      column.display({
        id: 'category',
        header: t('products.category'),
        meta: { visibleFrom: 'md' },
        cell: ({ row: { original: product } }) => product.subcategory || product.category,
      }),
      column.display({
        id: 'variants',
        header: t('products.variants'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: product } }) => product.variant_count,
      }),
      column.display({
        id: 'price',
        header: t('products.priceFrom'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: product } }) => money(product.price_from, product.currency),
      }),
      column.display({
        id: 'updated',
        header: t('products.updated'),
        meta: { visibleFrom: 'md', align: 'right' },
        cell: ({ row: { original: product } }) => (
          <time dateTime={product.updated_at} title={moment(product.updated_at)}>
            {ago(product.updated_at)}
          </time>
        ),
      }),
    ]);
  }, [t, money, ago, moment]);
};

const BulkDialog = lazy(() => import('./bulk-dialog.tsx'));

const idOf = ({ product_id: id }: Product): string => id;

const NO_FILTERS: ProductsView = { q: undefined, missing: undefined, category: undefined };

const Products = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/products' });
  const query = useQuery(productsQuery(view));
  const columns = useColumns();
  const categories = useCategories();
  /** Products to be edited; none means all that the view shows. */
  const [edited, edit] = useState<readonly Product[]>();
  const isWriter = may('catalog:write');
  /** Another view begins with its first page. */
  const change = (next: ProductsView, replace = false): void =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...next }), replace });
  const items = query.data?.items ?? [];
  const { selected, change: select, chosen, clear } = useSelection(items, idOf);
  const { missing, category } = view;
  const chips = [
    ...(missing === undefined
      ? []
      : [{ key: 'missing', text: t('products.without', { what: t(`products.missingOne.${missing}`) }) }]),
    ...(category === undefined
      ? []
      : [{ key: 'category', text: categories.find(({ value }) => value === category)?.label ?? '…' }]),
  ];
  const isFiltered = view.q !== undefined || view.stage !== undefined || chips.length > 0;

  return (
    <Page
      title={t('menu.products')}
      wide
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconFileImport size={16} />}
            renderRoot={(props) => <Link to="/imports" {...props} />}
          >
            {t('imports.open')}
          </Button>
          {isWriter && (
            <Button
              leftSection={<IconPlus size={16} />}
              renderRoot={(props) => (
                <Link to="/products/$productId" params={{ productId: 'new' }} {...props} />
              )}
            >
              {t('product.new')}
            </Button>
          )}
        </>
      }
    >
      <Stack gap="sm" mb="md">
        <Group gap="xs">
          <Views
            label={t('products.views')}
            current={view.stage ?? 'all'}
            views={[
              { view: 'all' as const, label: t('products.all') },
              ...STAGES.map((stage) => ({ view: stage, label: t(`products.stage.${stage}`) })),
            ]}
            searchOf={(stage) => ({ ...view, after: undefined, stage: stage === 'all' ? undefined : stage })}
          />
          <SavedViews list="products" search={view} />
        </Group>
        <Group gap="xs">
          <SearchBox label={t('products.search')} value={view.q} onSearch={(q) => change({ q }, true)} />
          <NativeSelect
            aria-label={t('products.category')}
            flex={{ base: '1 0 40%', sm: 'none' }}
            w={{ sm: 190 }}
            data={[{ value: '', label: t('products.anyCategory') }, ...categories]}
            value={category ?? ''}
            onChange={({ currentTarget: { value } }) => change({ category: value || undefined })}
          />
          <NativeSelect
            aria-label={t('products.missing')}
            flex={{ base: '1 0 40%', sm: 'none' }}
            w={{ sm: 190 }}
            data={[
              { value: '', label: t('products.complete') },
              ...MISSING.map((what) => ({
                value: what,
                label: t('products.without', { what: t(`products.missingOne.${what}`) }),
              })),
            ]}
            value={missing ?? ''}
            onChange={({ currentTarget: { value } }) =>
              change({ missing: MISSING.find((one) => one === value) })
            }
          />
          <NativeSelect
            aria-label={t('products.sort')}
            flex={{ base: '1 0 40%', sm: 'none' }}
            w={{ sm: 160 }}
            data={SORTS.map((sort) => ({ value: sort, label: t(`products.sorted.${sort}`) }))}
            value={view.sort ?? 'updated'}
            onChange={({ currentTarget: { value } }) =>
              change({ sort: SORTS.filter((one) => one !== 'updated').find((one) => one === value) })
            }
          />
        </Group>
        <Chips
          chips={chips}
          remove={(filter) => change({ [filter]: undefined })}
          clear={() => change(NO_FILTERS)}
        />
        {isWriter && items.length > 0 && view.stage !== 'trash' && (
          <Group gap="xs">
            <Button variant="default" size="xs" leftSection={<IconEdit size={14} />} onClick={() => edit([])}>
              {t('bulk.editAll')}
            </Button>
            <ExportButton view={view} />
          </Group>
        )}
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconTagOff}
                title={isFiltered ? t('products.noneHere') : t('products.none')}
                text={isFiltered ? t('products.noneHereText') : t('products.noneText')}
              >
                {isFiltered && (
                  <Button variant="default" onClick={() => change({ ...NO_FILTERS, stage: undefined })}>
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.products')}
                columns={columns}
                rows={items}
                keyOf={idOf}
                selection={
                  isWriter
                    ? {
                        selected,
                        change: select,
                        labelOf: (row) =>
                          row === undefined ? t('selection.page') : t('selection.row', { name: row.name }),
                      }
                    : undefined
                }
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {isWriter && chosen.length > 0 && (
        <ProductsBar
          isTrash={view.stage === 'trash'}
          chosen={chosen}
          clear={clear}
          edit={() => edit(chosen)}
        />
      )}
      {edited && (
        <Suspense>
          <BulkDialog selected={edited} view={view} close={() => edit(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

interface ProductsBarProps {
  readonly isTrash: boolean;
  readonly chosen: readonly Product[];
  readonly clear: () => void;
  readonly edit: () => void;
}

const ProductsBar = ({ isTrash, chosen, clear, edit }: ProductsBarProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const inTurn = async (ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<void> => {
    try {
      for (const id of ids) await act(id);
    } finally {
      await queries.invalidateQueries({ queryKey: ['products'] });
    }
  };
  const failed = (error: unknown): void => notify({ color: 'red', message: problemText(error, t) });
  const restore = useMutation({
    mutationFn: (ids: readonly string[]) =>
      inTurn(ids, (id) =>
        api.POST('/api/v1/products/{product_id}/restore', { params: { path: { product_id: id } } }),
      ),
    onSuccess: (_, ids) => notify({ color: 'teal', message: t('bulk.restored', { count: ids.length }) }),
    onError: failed,
  });
  const trash = useMutation({
    mutationFn: (ids: readonly string[]) =>
      inTurn(ids, (id) =>
        api.DELETE('/api/v1/products/{product_id}', { params: { path: { product_id: id } } }),
      ),
    onSuccess: (_, ids) => {
      clear();
      notifyUndo({
        message: t('bulk.trashed', { count: ids.length }),
        label: t('act.undo'),
        undo: () => restore.mutate(ids),
      });
    },
    onError: failed,
  });
  const ids = chosen.map(idOf);
  return (
    <BulkBar label={t('bulk.name')} count={chosen.length} clear={clear}>
      {isTrash ? (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRestore size={14} />}
          loading={restore.isPending}
          onClick={() => restore.mutate(ids)}
        >
          {t('product.restore')}
        </Button>
      ) : (
        <>
          <Button variant="default" size="xs" leftSection={<IconEdit size={14} />} onClick={edit}>
            {t('bulk.edit', { count: chosen.length })}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconTrash size={14} />}
            loading={trash.isPending}
            onClick={() => trash.mutate(ids)}
          >
            {t('product.trash')}
          </Button>
        </>
      )}
    </BulkBar>
  );
};

export const Route = createLazyRoute('/shell/products')({ component: Products });
