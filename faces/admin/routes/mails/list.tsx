import { Box, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
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
import { Views } from '../../shared/views.tsx';
import { mailsQuery, type Mail } from './mails-query.ts';
import { MailStatus } from './status.tsx';
import { FILTERS, KINDS, STATUSES, type MailsView } from './view.ts';
import '../customers/texts.ts';

const MailDrawer = lazy(() => import('./mail.tsx'));

const useColumns = (view: MailsView) => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  return useMemo(() => {
    const column = columnsOf<Mail>();
    return column.columns([
      column.display({
        id: 'subject',
        header: t('mails.subject'),
        cell: ({ row: { original: mail } }) => (
          <Stack gap={0}>
            <Link
              to="/mails"
              search={{ ...view, mail: mail.notification_id }}
              resetScroll={false}
              className="row-link"
              style={{ overflowWrap: 'anywhere' }}
            >
              {mail.subject || mail.kind}
            </Link>
            <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>
              {mail.recipient} · {ago(mail.created_at)}
            </Text>
          </Stack>
        ),
      }),
      column.display({
        id: 'recipient',
        header: t('mails.recipient'),
        meta: { visibleFrom: 'sm' },
        cell: ({ row: { original: mail } }) => (
          <Text size="sm" className="cut" title={mail.recipient}>
            {mail.recipient}
          </Text>
        ),
      }),
      column.display({
        id: 'kind',
        header: t('mails.kind'),
        meta: { visibleFrom: 'md' },
        cell: ({ row: { original: mail } }) => <span className="mono">{mail.kind}</span>,
      }),
      column.display({
        id: 'status',
        header: t('mails.state'),
        cell: ({ row: { original: mail } }) => <MailStatus status={mail.status} />,
      }),
      column.display({
        id: 'at',
        header: t('mails.at'),
        meta: { visibleFrom: 'sm', align: 'right' },
        cell: ({ row: { original: mail } }) => (
          <time dateTime={mail.created_at} title={moment(mail.created_at)}>
            {ago(mail.created_at)}
          </time>
        ),
      }),
    ]);
  }, [t, ago, moment, view]);
};

const NO_FILTERS: MailsView = Object.fromEntries(FILTERS.map((filter) => [filter, undefined]));

const Mails = (): ReactNode => {
  const { t } = useTranslation();
  const view = Route.useSearch();
  const navigate = useNavigate({ from: '/mails' });
  const query = useQuery(mailsQuery(view));
  const columns = useColumns(view);
  const items = query.data?.items ?? [];
  /** Another view begins with its first page. */
  const change = (next: MailsView): void =>
    void navigate({
      search: (before) => ({ ...before, after: undefined, mail: undefined, ...next }),
      replace: true,
    });
  const close = (): void =>
    void navigate({ search: (before) => ({ ...before, mail: undefined }), resetScroll: false });
  const kinds = [...new Set([...KINDS, ...(view.kind === undefined ? [] : [view.kind])])];
  const chips = FILTERS.flatMap((filter) => {
    const value = view[filter];
    if (value === undefined) return [];
    const text = filter === 'kind' ? value : value.slice(-8);
    return [{ key: filter, text: `${t(`mails.filter.${filter}`)}: ${text}` }];
  });
  const isFiltered = chips.length > 0 || view.status !== undefined;

  return (
    <Page title={t('menu.mails')} wide>
      <Stack gap="sm" mb="md">
        <Views
          label={t('customers.views')}
          current={view.status ?? 'all'}
          views={[
            { view: 'all' as const, label: t('customers.all') },
            ...STATUSES.map((status) => ({ view: status, label: t(`mails.status.${status}`) })),
          ]}
          searchOf={(status) => ({
            ...view,
            after: undefined,
            mail: undefined,
            status: status === 'all' ? undefined : status,
          })}
        />
        <Group gap="xs">
          <NativeSelect
            aria-label={t('mails.kind')}
            w={{ base: '100%', sm: 240 }}
            data={[{ value: '', label: t('mails.anyKind') }, ...kinds]}
            value={view.kind ?? ''}
            onChange={({ currentTarget: { value } }) => change({ kind: value || undefined })}
          />
        </Group>
        <Chips
          chips={chips}
          remove={(filter) => change({ [filter]: undefined })}
          clear={() => change(NO_FILTERS)}
        />
      </Stack>
      <Shown query={query} skeleton={<RowsSkeleton rows={12} />}>
        {({ items: mails, next_cursor: next }) =>
          mails.length === 0 ? (
            <Box className="surface">
              <Blank
                Icon={IconMailOff}
                title={isFiltered ? t('mails.noneHere') : t('mails.none')}
                text={isFiltered ? t('mails.noneHereText') : t('mails.noneText')}
              >
                {isFiltered && (
                  <Button variant="default" onClick={() => change({ ...NO_FILTERS, status: undefined })}>
                    {t('act.clearFilters')}
                  </Button>
                )}
              </Blank>
            </Box>
          ) : (
            <>
              <DataTable
                caption={t('menu.mails')}
                columns={columns}
                rows={mails}
                keyOf={({ notification_id: id }) => id}
              />
              <Pager cursor={view.after} next={next} />
            </>
          )
        }
      </Shown>
      {view.mail !== undefined && query.data && (
        <Suspense>
          <MailDrawer mail={items.find(({ notification_id: id }) => id === view.mail)} close={close} />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/mails')({ component: Mails });
