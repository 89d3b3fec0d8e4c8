import { Group, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { OrderedProducts } from '../products/ordered-products.tsx';
import { useCategories } from '../products/use-categories.ts';
import { MOST_PRODUCTS, SORTS, type CollectionValues } from './collection-form.ts';

/** Which products are in the collection: chosen by hand, or found by a rule. */
const Contents = (): ReactNode => {
  const { t } = useTranslation();
  const { control } = useFormContext<CollectionValues>();
  const { field: kind } = useController({ control, name: 'kind' });
  const { field: products } = useController({ control, name: 'products' });
  return (
    <Panel title={t('menu.products')}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('collections.kindLabel')}
          value={kind.value}
          onChange={kind.onChange}
          data={[
            { value: 'manual', label: t('collections.kind.manual') },
            { value: 'rule', label: t('collections.kind.rule') },
          ]}
        />
        <Text size="sm" c="dimmed">
          {t(`collections.kindHint.${kind.value}`)}
        </Text>
        {kind.value === 'rule' ? (
          <Rule />
        ) : (
          <OrderedProducts
            label={t('menu.products')}
            products={products.value}
            change={products.onChange}
            isReadOnly={false}
            most={MOST_PRODUCTS}
          />
        )}
      </Stack>
    </Panel>
  );
};

/** The conditions of a rule, and the sort order of what meets them. */
const Rule = (): ReactNode => {
  const { t } = useTranslation();
  const {
    register,
    formState: { errors },
  } = useFormContext<CollectionValues>();
  const categories = useCategories();
  return (
    <Stack gap="sm">
      <NativeSelect
        key={categories.length} // its options come after the value
        label={t('product.field.categoryId')}
        description={t('collections.categoryHint')}
        data={[{ value: '', label: t('products.anyCategory') }, ...categories]}
        error={errors.categoryId?.message}
        {...register('categoryId')}
      />
      <TextInput label={t('product.field.brand')} error={errors.brand?.message} {...register('brand')} />
      <TextInput
        label={t('product.field.tags')}
        description={t('collections.tagsHint')}
        error={errors.tags?.message}
        {...register('tags')}
      />
      <Group grow align="flex-start">
        <TextInput
          label={t('collections.minPrice')}
          inputMode="decimal"
          error={errors.minPrice?.message}
          {...register('minPrice')}
        />
        <TextInput
          label={t('collections.maxPrice')}
          inputMode="decimal"
          error={errors.maxPrice?.message}
          {...register('maxPrice')}
        />
        <TextInput
          label={t('product.field.currency')}
          maxLength={3}
          placeholder="EUR"
          error={errors.currency?.message}
          {...register('currency', { setValueAs: (text: string) => text.trim().toUpperCase() })}
        />
      </Group>
      <TextInput
        label={t('collections.days')}
        description={t('collections.daysHint')}
        inputMode="numeric"
        error={errors.days?.message}
        {...register('days', { setValueAs: (text: string) => text.trim() })}
      />
      <NativeSelect
        label={t('products.sort')}
        data={SORTS.map((sort) => ({ value: sort, label: t(`products.sorted.${sort}`) }))}
        {...register('sort')}
      />
    </Stack>
  );
};

export default Contents;
