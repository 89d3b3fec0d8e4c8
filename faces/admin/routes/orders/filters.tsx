import { NativeSelect, SimpleGrid, TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTyped } from '../../shared/use-typed.ts';
import type { Member } from './acts.ts';
import {
  CASES,
  MOST_TAG,
  parseOrdersView,
  PAYMENTS,
  STATUSES,
  type Filter,
  type OrdersView,
} from './view.ts';

interface FiltersProps {
  readonly view: OrdersView;
  /** Of the orders on the page, to choose from. */
  readonly carriers: readonly string[];
  readonly tags: readonly string[];
  readonly assignees: readonly Member[];
  readonly change: (next: OrdersView) => void;
}

/** All that narrows the list; what is chosen is shown as chips. */
export const Filters = ({ view, carriers, tags, assignees, change }: FiltersProps): ReactNode => {
  const { t } = useTranslation();
  /** As from a URL, so that what is not valid is no filter. */
  const set = (filter: Filter, text: string): void =>
    change({ [filter]: undefined, ...parseOrdersView({ [filter]: text }) });
  const choice = (
    filter: 'status' | 'payment' | 'case' | 'assignee',
    options: readonly (readonly [string, string])[],
  ): ReactNode => (
    <NativeSelect
      label={t(`orders.filter.${filter}`)}
      data={[{ value: '', label: t('orders.any') }, ...options.map(([value, label]) => ({ value, label }))]}
      value={view[filter] ?? ''}
      onChange={({ currentTarget }) => set(filter, currentTarget.value)}
    />
  );
  const field = (filter: TypedFilter, props: Omit<TextInputProps, 'value'>): ReactNode => (
    <Field filter={filter} value={view[filter]} set={set} {...props} />
  );
  return (
    <SimpleGrid
      id="order-filters"
      component="section"
      aria-label={t('orders.filters')}
      className="surface"
      p="md"
      cols={{ base: 2, sm: 3, lg: 5 }}
      spacing="sm"
    >
      {choice(
        'status',
        STATUSES.map((one) => [one, t(`order.status.${one}`)]),
      )}
      {choice(
        'payment',
        PAYMENTS.map((one) => [one, t(`order.money.${one}`)]),
      )}
      {choice(
        'case',
        CASES.map((one) => [one, one === 'any' ? t('orders.anyCase') : t(`case.title_${one}`)]),
      )}
      {choice(
        'assignee',
        assignees.map(({ user_id: id, name }) => [id, name]),
      )}
      {field('tag', { list: 'order-tags', maxLength: MOST_TAG })}
      {field('from', { type: 'date', max: view.to })}
      {field('to', { type: 'date', min: view.from })}
      {field('min', { type: 'number', min: 0, step: 'any', inputMode: 'decimal' })}
      {field('max', { type: 'number', min: 0, step: 'any', inputMode: 'decimal' })}
      {field('carrier', { list: 'order-carriers', maxLength: 100 })}
      {field('country', {
        maxLength: 2,
        placeholder: 'DE',
        styles: { input: { textTransform: 'uppercase' } },
      })}
      <datalist id="order-carriers">
        {carriers.map((carrier) => (
          <option key={carrier} value={carrier} />
        ))}
      </datalist>
      <datalist id="order-tags">
        {tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
    </SimpleGrid>
  );
};

type TypedFilter = 'tag' | 'from' | 'to' | 'min' | 'max' | 'carrier' | 'country';

interface FieldProps extends Omit<TextInputProps, 'value'> {
  readonly filter: TypedFilter;
  readonly value: string | number | undefined;
  readonly set: (filter: Filter, text: string) => void;
}

const Field = ({ filter, value, set, ...props }: FieldProps): ReactNode => {
  const { t } = useTranslation();
  const [text, type] = useTyped(
    String(value ?? ''),
    (next) => set(filter, next),
    (typed) => (filter === 'country' ? typed.trim().toUpperCase() : typed.trim()),
  );
  return (
    <TextInput
      label={t(`orders.filter.${filter}`)}
      {...props}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
};
