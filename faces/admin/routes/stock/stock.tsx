import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import './texts.ts';
import { useTranslation } from 'react-i18next';
import { Page } from '../../shared/page.tsx';
import { categoriesQuery } from '../products/products-query.ts';
import { StockSheet } from './stock-sheet.tsx';
import type { StockView } from './view.ts';

const HistoryDrawer = lazy(() => import('./history-drawer.tsx'));

const SEARCH_MS = 250;

interface Category {
  readonly category_id?: string;
  readonly name: string;
  readonly children?: readonly Category[];
}

/** The tree as a list; those below others are indented. */
const flat = (
  categories: readonly Category[],
  depth = 0,
): readonly { readonly value: string; readonly label: string }[] =>
  categories.flatMap(({ category_id: value, name, children }) =>
    value === undefined
      ? []
      : [{ value, label: `${'\u2003'.repeat(depth)}${name}` }, ...flat(children ?? [], depth + 1)],
  );

const Stock = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/stock' });
  const { data: categories } = useQuery(categoriesQuery);
  const [text, setText] = useState(view.q ?? '');
  const change = (next: StockView, replace = false): void =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace });
  const search = useDebouncedCallback(
    (next: string) => change({ q: next.trim() === '' ? undefined : next.trim() }, true),
    SEARCH_MS,
  );

  return (
    <Page
      title={t('menu.stock')}
      wide
      actions={
        <>
          <Switch
            label={t('stock.lowOnly')}
            checked={view.low === true}
            onChange={(event) => change({ low: event.currentTarget.checked || undefined })}
          />
          <NativeSelect
            aria-label={t('stock.category')}
            w={{ base: 150, sm: 190 }}
            data={[{ value: '', label: t('stock.allCategories') }, ...flat(categories?.items ?? [])]}
            value={view.category ?? ''}
            onChange={({ currentTarget: { value } }) => change({ category: value || undefined })}
          />
          <TextInput
            type="search"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              search(event.currentTarget.value);
            }}
            placeholder={t('stock.search')}
            aria-label={t('stock.search')}
            leftSection={<IconSearch size={16} />}
            w={{ base: 170, sm: 220 }}
          />
        </>
      }
    >
      <StockSheet
        view={view}
        openHistory={(item) => change({ item })}
        clearFilters={() => {
          setText('');
          change({ q: undefined, category: undefined, low: undefined });
        }}
      />
      {view.item !== undefined && (
        <Suspense>
          <HistoryDrawer variantId={view.item} close={() => change({ item: undefined })} />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/stock')({ component: Stock });
