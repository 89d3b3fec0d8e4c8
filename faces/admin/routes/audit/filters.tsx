import { NativeSelect, SimpleGrid, TextInput, type TextInputProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTyped } from '../../shared/use-typed.ts';
import { fullName } from '../users/full-name.ts';
import { staffQuery } from '../users/users-query.ts';
import type { Entry } from './audit-query.ts';
import { CATEGORIES, parseAuditView, type AuditView, type Filter } from './view.ts';

interface FiltersProps {
  readonly view: AuditView;
  /** On the page: their services, operations and records are offered. */
  readonly entries: readonly Entry[];
  readonly change: (next: AuditView) => void;
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** All that narrows the list; what is chosen is shown as chips. */
export const Filters = ({ view, entries, change }: FiltersProps): ReactNode => {
  const { t } = useTranslation();
  const { data: staff } = useQuery(staffQuery({}));
  /** As from a URL, so that what is not valid is no filter. */
  const set = (filter: Filter, text: string): void =>
    change({ [filter]: undefined, ...parseAuditView({ [filter]: text }) });
  const members = staff?.items.map((user) => ({ value: user.user_id, label: fullName(user) })) ?? [];
  const isListed = view.actor === undefined || members.some(({ value }) => value === view.actor);
  const offers = {
    service: distinct(entries.map(({ service }) => service)),
    operation: distinct(entries.map(({ operation }) => operation)),
    kind: distinct(entries.map(({ subject }) => subject.kind)),
  };
  const field = (filter: Typed, props: Omit<TextInputProps, 'value'> = {}): ReactNode => (
    <Field filter={filter} value={view[filter]} set={set} {...props} />
  );
  return (
    <SimpleGrid
      id="audit-filters"
      component="section"
      aria-label={t('orders.filters')}
      className="surface"
      p="md"
      cols={{ base: 2, sm: 3, lg: 4 }}
      spacing="sm"
    >
      <NativeSelect
        label={t('audit.filter.actor')}
        data={[
          { value: '', label: t('audit.anybody') },
          ...members,
          ...(isListed ? [] : [{ value: view.actor ?? '', label: view.actor ?? '' }]),
        ]}
        value={view.actor ?? ''}
        onChange={({ currentTarget }) => set('actor', currentTarget.value)}
      />
      <NativeSelect
        label={t('audit.filter.category')}
        data={[
          { value: '', label: t('orders.any') },
          ...CATEGORIES.map((value) => ({ value, label: t(`audit.category.${value}`) })),
        ]}
        value={view.category ?? ''}
        onChange={({ currentTarget }) => set('category', currentTarget.value)}
      />
      {field('from', { type: 'date', max: view.to })}
      {field('to', { type: 'date', min: view.from })}
      {field('operation', { list: 'audit-operation', maxLength: 80 })}
      {field('service', { list: 'audit-service', maxLength: 40 })}
      {field('kind', { list: 'audit-kind', maxLength: 40 })}
      {field('subject', { maxLength: 100 })}
      {Object.entries(offers).map(([name, values]) => (
        <datalist key={name} id={`audit-${name}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      ))}
    </SimpleGrid>
  );
};

type Typed = 'from' | 'to' | 'operation' | 'service' | 'kind' | 'subject';

interface FieldProps extends Omit<TextInputProps, 'value'> {
  readonly filter: Typed;
  readonly value: string | undefined;
  readonly set: (filter: Filter, text: string) => void;
}

const Field = ({ filter, value, set, ...props }: FieldProps): ReactNode => {
  const { t } = useTranslation();
  const [text, type] = useTyped(value ?? '', (next) => set(filter, next));
  return (
    <TextInput
      label={t(`audit.filter.${filter}`)}
      {...props}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
};
