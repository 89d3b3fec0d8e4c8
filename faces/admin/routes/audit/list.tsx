import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconHistoryOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '../../shared/chips.tsx';
import { columnsOf, DataTable } from '../../shared/data-table/data-table.tsx';
import { Pager } from '../../shared/data-table/pager.tsx';
import { Page } from '../../shared/page.tsx';
import { Blank, RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { instantOf } from '../orders/view.ts';
import { fullName } from '../users/full-name.ts';
import { Person } from '../users/person.tsx';
import { userQuery } from '../users/users-query.ts';
import { auditQuery, type Entry } from './audit-query.ts';
import { CategoryBadge } from './category.tsx';
import { Filters } from './filters.tsx';
import { FILTERS, type AuditView, type Filter } from './view.ts';

const EntryDrawer = lazy(() => import('./entry.tsx'));

const useColumns = (view: AuditView) => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Entry>();
    return column.columns([
      column.display({
        id: 'operation',
        header: t('audit.operation'),
        cell: ({ row: { original: entry } }) => (
          <Stack gap={0}>
            <Link
              to="/audit"
              search={{ ...view, entry: entry.entry_id }}
              resetScroll={false}
              className="row-link mono"
              style={{ overflowWrap: 'anywhere' }}
            >
              {entry.operation}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm">
              <Person userId={entry.actor_id} /> · {ago(entry.at)}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'at',
        header: t('audit.at'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: entry } }) => (
          <time dateTime={entry.at} title={moment(entry.at)}>
            {ago(entry.at)}
          </time>
        ),
      }),
      column.display({
        id: 'actor',
        header: t('audit.actor'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: entry } }) => <Person userId={entry.actor_id} />,
      }),
      column.display({
        id: 'category',
        header: t('audit.filter.category'),
        cell: ({ row: { original: entry } }) => <CategoryBadge category={entry.category} />,
      }),
      column.display({
        id: 'record',
        header: t('audit.record'),
        meta: { visibleFrom: 'md' },
        cell: ({ row: { original: entry } }) => (
          <Text size="sm" title={entry.subject.id}>
            {entry.subject.kind}{' '}
            <Text span size="xs" c="dimmed" className="mono">
              {entry.subject.id.slice(-8)}
            </Text>
          </Text>
        ),
      }),
      column.display({
        id: 'reason',
        header: t('audit.reason'),
        meta: { visibleFrom: 'lg' },
        cell: ({ row: { original: entry } }) => (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {entry.reason}
          </Text>
        ),
      }),
    ]);
  }, [t, ago, moment, view]);
};

const NO_FILTERS: AuditView = Object.fromEntries(FILTERS.map((filter) => [filter, undefined]));

/** What a chip says of each filter that is set. */
const useFilterTexts = (view: AuditView) => {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { actor = '' } = view;
  const { data: user } = useQuery({ ...userQuery(actor), enabled: actor !== '', staleTime: Infinity });
  const valueOf = (filter: Filter): string | undefined => {
    const value = view[filter];
    if (value === undefined) return undefined;
    if (filter === 'actor') return user ? fullName(user) : value;
    if (filter === 'from' || filter === 'to') return date(instantOf(value));
    return view.category !== undefined && filter === 'category'
      ? t(`audit.category.${view.category}`)
      : value;
  };
  return FILTERS.flatMap((filter) => {
    const value = valueOf(filter);
    return value === undefined ? [] : [{ key: filter, text: `${t(`audit.filter.${filter}`)}: ${value}` }];
  });
};

const Audit = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/audit' });
  const query = useQuery(auditQuery(view));
  const columns = useColumns(view);
  const chips = useFilterTexts(view);
  const [isFiltering, filters] = useDisclosure(false);
  const items = query.data?.items ?? [];
  /** Another view begins with its first page. */
  const change = (next: AuditView): void =>
    void navigate({
      search: (before) => ({ ...before, after: undefined, entry: undefined, ...next }),
      replace: true,
    });
  const close = (): void =>
    void navigate({ search: (before) => ({ ...before, entry: undefined }), resetScroll: false });

  return (
    <Page title={t('menu.audit')} wide>
      <Stack gap="sm" mb="md">
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconFilter size={16} />}
            onClick={filters.toggle}
            aria-expanded={isFiltering}
            {...(isFiltering ? { 'aria-controls': 'audit-filters' } : {})}
          >
            {t('orders.filters')}
          </Button>
        </Group>
        {isFiltering && <Filters view={view} entries={items} change={change} />}
        <Chips
          chips={chips}
          remove={(filter) => change({ [filter]: undefined })}
          clear={() => change(NO_FILTERS)}
        />
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items: entries, next_cursor: next }) =>
          entries.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconHistoryOff}
                title={chips.length > 0 ? t('audit.noneHere') : t('audit.none')}
                text={chips.length > 0 ? t('audit.noneHereText') : t('audit.noneText')}
              >
                {chips.length > 0 && (
                  <Button variant="default" onClick={() => change(NO_FILTERS)}>
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.audit')}
                columns={columns}
                rows={entries}
                keyOf={({ entry_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {view.entry !== undefined && query.data && (
        <Suspense>
          <EntryDrawer
            entry={items.find(({ entry_id: id }) => id === view.entry)}
            view={view}
            close={close}
          />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/audit')({ component: Audit });
