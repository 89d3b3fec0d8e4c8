import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictDialog } from '../../shared/form/conflict-dialog.tsx';
import { fieldParts, isPictures, isRelated, picturesShown, relatedIn } from './product-form.ts';
import { useNames } from './use-names.ts';

/** Two people changed one product. */
const ProductConflict = (
  props: Omit<ComponentProps<typeof ConflictDialog>, 'nameOf' | 'shown'>,
): ReactNode => {
  const { t } = useTranslation();
  const nameOfProduct = useNames([
    ...new Set(
      props.conflicts
        .filter(({ field }) => isRelated(field))
        .flatMap(({ base = '', mine = '', theirs = '' }) => relatedIn(`${base} ${mine} ${theirs}`)),
    ),
  ]);
  const nameOf = (field: string): string =>
    fieldParts(field)
      .map((part) => t(`product.field.${part}` as 'product.field.name', { defaultValue: part }))
      .join(' · ');
  const shown = (field: string, text: string): string => {
    if (isRelated(field)) return relatedIn(text).map(nameOfProduct).join(', ');
    return isPictures(field) ? picturesShown(text) : text;
  };
  return <ConflictDialog {...props} nameOf={nameOf} shown={shown} />;
};

export default ProductConflict;
