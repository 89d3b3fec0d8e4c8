import { Alert, Anchor, Breadcrumbs, Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconRefresh, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import './texts.ts';
import { useTranslation } from 'react-i18next';
import { api, type Versioned } from '../../api.ts';
import { DropZone } from '../../shared/drop-zone.tsx';
import { Page, Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Columns } from './columns.tsx';
import { importQuery, type Import } from './imports-query.ts';
import { mappingOf, unmapped, type Choices } from './mapping.ts';
import { Rejected } from './rejected.tsx';
import { StateBadge } from './state.tsx';
import { sendFile, uploads } from './uploads.ts';

const Detail = (): ReactNode => {
  const { importId } = Route.useParams();
  const query = useQuery(importQuery(importId));
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(stored) => <ImportPage key={importId} stored={stored} />}
    </Shown>
  );
};

const STEPS = ['upload', 'check', 'run', 'result'] as const;

const STEP_OF: Readonly<Record<Import['state'], (typeof STEPS)[number]>> = {
  uploading: 'upload',
  checking: 'check',
  checked: 'check',
  running: 'run',
  done: 'result',
  failed: 'result',
  cancelled: 'result',
};

const ImportPage = ({ stored }: { readonly stored: Versioned<Import> }): ReactNode => {
  const { t } = useTranslation();
  const { value } = stored;
  const { state } = value;
  const [choices, setChoices] = useState<Choices>(new Map());
  const queries = useQueryClient();
  useEffect(() => {
    if (STEP_OF[state] === 'result') void queries.invalidateQueries({ queryKey: ['products'] });
  }, [queries, state]);
  const hasUnknown = state === 'checked' && unmapped(value.columns, new Map()).length > 0;
  const columns = value.columns.length > 0 && state !== 'running' && (
    <Panel title={t('imports.columns')}>
      <Columns value={value} choices={choices} choose={setChoices} isReadOnly={state !== 'checked'} />
    </Panel>
  );
  const isCounted = value.rows !== undefined || state === 'checking' || state === 'running';
  return (
    <Page
      title={value.file_name}
      above={
        <Breadcrumbs mb="xs" component="nav" aria-label={t('breadcrumbs')}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/imports" {...props} />}>
            {t('menu.imports')}
          </Anchor>
          <Text size="sm" c="dimmed" maw={260} truncate>
            {value.file_name}
          </Text>
        </Breadcrumbs>
      }
      beside={<StateBadge state={state} />}
      actions={<Acts stored={stored} choices={choices} forget={() => setChoices(new Map())} />}
    >
      <Stack gap="md">
        <Steps current={STEP_OF[state]} />
        {value.problem !== undefined && (
          <Alert color="red" role="alert" title={t('imports.problem')}>
            {value.problem}
          </Alert>
        )}
        {state === 'uploading' && <Uploading value={value} />}
        {(state === 'checking' || state === 'running') && <Working value={value} />}
        {isCounted && <Counts value={value} />}
        {value.stock_pending > 0 && (
          <Alert color="blue">{t('imports.stockPending', { count: value.stock_pending })}</Alert>
        )}
        {state === 'done' && value.counts.rejected === 0 && (
          <Alert color="teal" role="status">
            {t('imports.allDone')}{' '}
            <Anchor size="sm" renderRoot={(props) => <Link to="/products" {...props} />}>
              {t('imports.toProducts')}
            </Anchor>
          </Alert>
        )}
        {/* Rows may be rejected only because a column is not known. */}
        {hasUnknown && columns}
        {(state === 'checked' || state === 'done') && value.counts.rejected > 0 && <Rejected value={value} />}
        {!hasUnknown && columns}
      </Stack>
    </Page>
  );
};

const Steps = ({ current }: { readonly current: (typeof STEPS)[number] }): ReactNode => {
  const { t } = useTranslation();
  return (
    <ol className="steps" aria-label={t('imports.steps')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          data-done={index < STEPS.indexOf(current) || undefined}
          {...(step === current ? { 'aria-current': 'step' as const } : {})}
        >
          {t(`imports.step.${step}`)}
        </li>
      ))}
    </ol>
  );
};

/** The upload of this tab; or, after a reload, what to do about one that was interrupted. */
const Uploading = ({ value }: { readonly value: Import }): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const sending = useSyncExternalStore(uploads.subscribe, uploads.current).get(value.import_id);
  if (sending && sending.error === undefined)
    return (
      <Panel title={t('imports.uploading')}>
        <Progress value={sending.share * 100} aria-label={t('imports.uploading')} animated />
        <Text size="sm" c="dimmed" mt="xs" className="numeric">
          {number(Math.round(sending.share * 100))} %
        </Text>
      </Panel>
    );
  return (
    <Panel title={t('imports.interrupted')}>
      <Stack gap="sm">
        {sending && (
          <Alert color="red" role="alert">
            {problemText(sending.error, t)}
          </Alert>
        )}
        <DropZone
          label={t('imports.chooseAgain', { name: value.file_name })}
          hint={t('imports.interruptedText')}
          icon={<IconRefresh size={16} />}
          accept=".csv,.tsv,.txt,.jsonl,.ndjson,.gz"
          take={([file]) => {
            if (file) void sendFile(value.import_id, file);
          }}
        />
      </Stack>
    </Panel>
  );
};

const Working = ({ value }: { readonly value: Import }): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { rows, rows_done: done, state } = value;
  const label = state === 'running' ? t('imports.running') : t('imports.checking');
  return (
    <Panel title={label}>
      <Progress
        value={rows === undefined ? 100 : (done / Math.max(1, rows)) * 100}
        animated
        aria-label={label}
      />
      <Text size="sm" c="dimmed" mt="xs" className="numeric" role="status">
        {rows === undefined
          ? t('imports.rowsDone', { done: number(done) })
          : t('imports.rowsOf', { done: number(done), rows: number(rows) })}
      </Text>
    </Panel>
  );
};

const COUNTED = ['created', 'updated', 'unchanged', 'rejected'] as const;

const Counts = ({ value }: { readonly value: Import }): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { counts, state } = value;
  const names = [...COUNTED, ...(counts.stock_adjusted > 0 ? (['stock_adjusted'] as const) : [])];
  return (
    <Stack gap={4} component="section" aria-label={t('imports.outcome')}>
      <SimpleGrid cols={{ base: 2, sm: names.length }} spacing="sm">
        {names.map((name) => (
          <Stack key={name} gap={0} className="surface" p="sm">
            <Text
              fz={24}
              fw={650}
              className="numeric"
              {...(name === 'rejected' && counts.rejected > 0 ? { c: 'var(--mantine-color-error)' } : {})}
            >
              {number(counts[name])}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`imports.count.${name}`)}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
      {state === 'checked' && (
        <Text size="sm" c="dimmed">
          {t('imports.dryRun')}
        </Text>
      )}
    </Stack>
  );
};

interface ActsProps {
  readonly stored: Versioned<Import>;
  readonly choices: Choices;
  readonly forget: () => void;
}

const Acts = ({ stored: { value, etag }, choices, forget }: ActsProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { state } = value;
  const params = { path: { import_id: value.import_id }, header: { 'If-Match': etag } };
  const act = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }),
  });
  const check = async (): Promise<void> => {
    await api.POST('/api/v1/imports/{import_id}/check', {
      params,
      body: { mapping: mappingOf(value.mapping, choices) },
    });
    forget();
  };
  const remove = async (): Promise<void> => {
    await api.DELETE('/api/v1/imports/{import_id}', { params });
    await navigate({ to: '/imports' });
  };
  const isMapped = unmapped(value.columns, choices).length === 0;
  const isOver = state === 'done' || state === 'failed' || state === 'cancelled';
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {(state === 'checking' || state === 'running') && (
          <Button
            variant="default"
            leftSection={<IconX size={16} />}
            loading={act.isPending}
            onClick={() => act.mutate(() => api.POST('/api/v1/imports/{import_id}/cancel', { params }))}
          >
            {t('imports.cancel')}
          </Button>
        )}
        {(isOver || state === 'uploading' || state === 'checked') && (
          <Button
            variant="default"
            leftSection={<IconTrash size={16} />}
            disabled={act.isPending}
            onClick={() => act.mutate(remove)}
          >
            {t('imports.delete')}
          </Button>
        )}
        {state === 'checked' &&
          (choices.size > 0 ? (
            <Button
              leftSection={<IconRefresh size={16} />}
              loading={act.isPending}
              disabled={!isMapped}
              onClick={() => act.mutate(check)}
            >
              {t('imports.checkAgain')}
            </Button>
          ) : (
            <Button
              leftSection={<IconPlayerPlay size={16} />}
              loading={act.isPending}
              disabled={!isMapped}
              onClick={() => act.mutate(() => api.POST('/api/v1/imports/{import_id}/start', { params }))}
            >
              {t('imports.start')}
            </Button>
          ))}
        {state === 'failed' && value.expected && (
          <Button
            leftSection={<IconPlayerPlay size={16} />}
            loading={act.isPending}
            onClick={() => act.mutate(() => api.POST('/api/v1/imports/{import_id}/start', { params }))}
          >
            {t('imports.startAgain')}
          </Button>
        )}
      </Group>
      {act.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problemText(act.error, t)}
        </Text>
      )}
    </Stack>
  );
};

export const Route = createLazyRoute('/shell/imports/$importId')({ component: Detail });
