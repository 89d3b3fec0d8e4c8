import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictDialog } from '../../shared/form/conflict-dialog.tsx';
import type { Conflict } from '../../shared/form/three-way.ts';
import { picturesShown } from '../products/product-form.ts';
import { useCategories } from '../products/use-categories.ts';
import { useNames } from '../products/use-names.ts';
import { productChange, type CollectionField } from './collection-form.ts';

/** Each has its name fetched. */
const MOST_NAMES = 10;

const namedIn = ({ field, base = '', mine = '', theirs = '' }: Conflict): readonly string[] =>
  field === 'products'
    ? [mine, theirs]
        .map((after) => productChange(base, after))
        .flatMap(({ added, removed }) => [...added.slice(0, MOST_NAMES), ...removed.slice(0, MOST_NAMES)])
    : [];

/** Two people changed one collection. */
const CollectionConflict = (
  props: Omit<ComponentProps<typeof ConflictDialog>, 'nameOf' | 'shown'>,
): ReactNode => {
  const { t } = useTranslation();
  const categories = useCategories();
  const nameOfProduct = useNames([...new Set(props.conflicts.flatMap(namedIn))]);

  const names: Readonly<Record<CollectionField, string>> = {
    name: t('product.field.name'),
    description: t('product.field.description'),
    status: t('product.field.status'),
    picture: t('product.picture'),
    slug: t('product.field.seoSlug'),
    seoTitle: t('product.field.seoTitle'),
    seoDescription: t('product.field.seoDescription'),
    kind: t('collections.kindLabel'),
    products: t('menu.products'),
    categoryId: t('product.field.categoryId'),
    brand: t('product.field.brand'),
    tags: t('product.field.tags'),
    minPrice: t('collections.minPrice'),
    maxPrice: t('collections.maxPrice'),
    currency: t('product.field.currency'),
    days: t('collections.days'),
    sort: t('products.sort'),
  };
  /** A list may have a thousand products: what has changed is shown. */
  const productsShown = (text: string, base: string): string => {
    const { added, removed } = productChange(base, text);
    const listed = (ids: readonly string[]): string =>
      ids.slice(0, MOST_NAMES).map(nameOfProduct).join(', ') + (ids.length > MOST_NAMES ? ', …' : '');
    const changes = [
      added.length > 0 && t('collections.conflict.added', { names: listed(added) }),
      removed.length > 0 && t('collections.conflict.removed', { names: listed(removed) }),
      added.length + removed.length === 0 && text !== base && t('collections.conflict.moved'),
    ];
    const count = t('collections.count', { count: text.split(' ').length });
    return [count, ...changes].filter((part) => part !== false).join('; ');
  };
  const shown = (field: string, text: string, base: string): string => {
    switch (field) {
      case 'products':
        return productsShown(text, base);
      case 'picture':
        return picturesShown(text);
      case 'categoryId':
        return categories.find(({ value }) => value === text)?.label ?? text;
      case 'status':
        return t(`products.stage.${text}` as 'products.stage.draft');
      case 'kind':
        return t(`collections.kind.${text}` as 'collections.kind.rule');
      case 'sort':
        return t(`products.sorted.${text}` as 'products.sorted.name');
      default:
        return text;
    }
  };
  return <ConflictDialog {...props} nameOf={(field) => names[field as CollectionField]} shown={shown} />;
};

export default CollectionConflict;
