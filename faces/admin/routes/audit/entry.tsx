import { Anchor, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { Drawer } from '../../shared/modal.tsx';
import { Fact } from '../../shared/page.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { Person } from '../users/person.tsx';
import type { Entry } from './audit-query.ts';
import { CategoryBadge } from './category.tsx';
import { changesOf, type AuditView } from './view.ts';

interface EntryDrawerProps {
  /** Undefined if the page of the list has it no longer. */
  readonly entry: Entry | undefined;
  readonly view: AuditView;
  readonly close: () => void;
}

/** One entry: who, what and why, and the record before and after. */
const EntryDrawer = ({ entry, view, close }: EntryDrawerProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={entry?.operation ?? t('state.missing')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
      styles={{
        content: { background: 'var(--shop-surface)' },
        header: { background: 'var(--shop-surface)' },
        title: { fontWeight: 650, overflowWrap: 'anywhere' },
      }}
    >
      {entry ? (
        <Stack gap="lg">
          <Facts entry={entry} view={view} />
          <Changes entry={entry} />
        </Stack>
      ) : (
        <Text size="sm">{t('audit.gone')}</Text>
      )}
    </Drawer>
  );
};

const Facts = ({ entry, view }: { readonly entry: Entry; readonly view: AuditView }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const filtered = (label: string, search: AuditView): ReactNode => (
    <Anchor size="xs" renderRoot={(props) => <Link to="/audit" search={search} {...props} />}>
      {label}
    </Anchor>
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Fact label={t('audit.at')}>{moment(entry.at)}</Fact>
      <Fact label={t('audit.actor')}>
        <Stack gap={8}>
          <span>
            <Person userId={entry.actor_id} />
          </span>
          {filtered(t('audit.allOfActor'), { actor: entry.actor_id })}
        </Stack>
      </Fact>
      <Fact label={t('audit.record')}>
        <Stack gap={8}>
          <span>
            {entry.subject.kind} · <Subject entry={entry} />
          </span>
          {filtered(t('audit.allOfRecord'), { subject: entry.subject.id })}
        </Stack>
      </Fact>
      <Fact label={t('audit.request')}>
        <Stack gap={8}>
          <span className="mono" style={{ overflowWrap: 'anywhere' }}>
            {entry.correlation_id}
          </span>
          {view.correlation === undefined &&
            filtered(t('audit.allOfRequest'), { correlation: entry.correlation_id })}
        </Stack>
      </Fact>
      <Fact label={t('audit.filter.category')}>
        <CategoryBadge category={entry.category} />
      </Fact>
      <Fact label={t('audit.reason')}>{entry.reason ?? t('audit.noReason')}</Fact>
      <Fact label={t('audit.filter.service')}>
        {entry.service} · {t('audit.number', { seq: entry.seq })}
      </Fact>
    </SimpleGrid>
  );
};

/** A link where the portal has a page of such records. */
const Subject = ({ entry: { subject } }: { readonly entry: Entry }): ReactNode => {
  const may = useMay();
  const id = (
    <span className="mono" style={{ overflowWrap: 'anywhere' }}>
      {subject.id}
    </span>
  );
  if (subject.kind === 'order' && may('order:read'))
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => <Link to="/orders/$orderId" params={{ orderId: subject.id }} {...props} />}
      >
        {id}
      </Anchor>
    );
  if (subject.kind === 'product' && may('catalog:read'))
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/products/$productId" params={{ productId: subject.id }} {...props} />
        )}
      >
        {id}
      </Anchor>
    );
  if (subject.kind === 'user')
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/customers/$customerId" params={{ customerId: subject.id }} {...props} />
        )}
      >
        {id}
      </Anchor>
    );
  return id;
};

const Changes = ({ entry }: { readonly entry: Entry }): ReactNode => {
  const { t } = useTranslation();
  const changes = changesOf(entry.before, entry.after);
  return (
    <Stack gap="xs">
      <Title order={2}>{t('audit.changes')}</Title>
      {entry.before === undefined && entry.after !== undefined && (
        <Text size="sm" c="dimmed">
          {t('audit.isNew')}
        </Text>
      )}
      {entry.after === undefined && entry.before !== undefined && (
        <Text size="sm" c="dimmed">
          {t('audit.isRemoved')}
        </Text>
      )}
      {changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('audit.noChanges')}
        </Text>
      ) : (
        <table className="table lines changes" aria-label={t('audit.changes')}>
          <thead>
            <tr>
              <Th>{t('audit.property')}</Th>
              <Th>{t('audit.before')}</Th>
              <Th>{t('audit.after')}</Th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ property, before, after }) => (
              <tr key={property}>
                <Th scope="row">{property}</Th>
                <Td>{before ?? '—'}</Td>
                <Td>{after ?? '—'}</Td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Stack>
  );
};

export default EntryDrawer;
