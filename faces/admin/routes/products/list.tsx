import { Box, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch, IconTagOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Views } from '../../shared/views.tsx';
import { Picture } from './picture.tsx';
import { productsQuery } from './products-query.ts';
import { StageBadge } from './stage.tsx';
import { MISSING, SORTS, STAGES, type ProductsView } from './view.ts';

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

const SEARCH_MS = 250;

const Products = (): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/products' });
  const query = useQuery(productsQuery(view));
  const columns = useColumns();
  const [text, setText] = useState(view.q ?? '');
  /** Another view begins with its first page. */
  const change = (next: ProductsView, replace = false): void =>
    void navigate({ search: (before) => ({ ...before, after: undefined, ...next }), replace });
  const search = useDebouncedCallback(
    (next: string) => change({ q: next.trim() === '' ? undefined : next.trim() }, true),
    SEARCH_MS,
  );
  const isFiltered = view.q !== undefined || view.stage !== undefined || view.missing !== undefined;

  return (
    <Page
      title={t('menu.products')}
      wide
      actions={
        may('catalog:write') && (
          <Button
            leftSection={<IconPlus size={16} />}
            renderRoot={(props) => (
              <Link to="/products/$productId" params={{ productId: 'new' }} {...props} />
            )}
          >
            {t('product.new')}
          </Button>
        )
      }
    >
      <Stack gap="sm" mb="md">
        <Views
          label={t('products.views')}
          current={view.stage ?? 'all'}
          views={[
            { view: 'all' as const, label: t('products.all') },
            ...STAGES.map((stage) => ({ view: stage, label: t(`products.stage.${stage}`) })),
          ]}
          searchOf={(stage) => ({ ...view, after: undefined, stage: stage === 'all' ? undefined : stage })}
        />
        <Group gap="xs">
          <TextInput
            type="search"
            flex={1}
            miw={200}
            maw={420}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              search(event.currentTarget.value);
            }}
            placeholder={t('products.search')}
            aria-label={t('products.search')}
            leftSection={<IconSearch size={16} />}
          />
          <NativeSelect
            aria-label={t('products.missing')}
            w={{ base: 150, sm: 200 }}
            data={[
              { value: '', label: t('products.complete') },
              ...MISSING.map((what) => ({
                value: what,
                label: t('products.without', { what: t(`products.missingOne.${what}`) }),
              })),
            ]}
            value={view.missing ?? ''}
            onChange={({ currentTarget: { value } }) =>
              change({ missing: MISSING.find((one) => one === value) })
            }
          />
          <NativeSelect
            aria-label={t('products.sort')}
            w={{ base: 150, sm: 200 }}
            data={SORTS.map((sort) => ({ value: sort, label: t(`products.sorted.${sort}`) }))}
            value={view.sort ?? 'updated'}
            onChange={({ currentTarget: { value } }) =>
              change({ sort: SORTS.filter((one) => one !== 'updated').find((one) => one === value) })
            }
          />
        </Group>
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items, next_cursor: next }) =>
          items.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconTagOff}
                title={isFiltered ? t('products.noneHere') : t('products.none')}
                text={isFiltered ? t('products.noneHereText') : t('products.noneText')}
              >
                {isFiltered && (
                  <Button
                    variant="default"
                    onClick={() => {
                      setText('');
                      change({ q: undefined, stage: undefined, missing: undefined });
                    }}
                  >
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
                keyOf={({ product_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
    </Page>
  );
};

export const Route = createLazyRoute('/shell/products')({ component: Products });
