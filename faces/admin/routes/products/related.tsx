import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { OrderedProducts } from './ordered-products.tsx';
import { MOST_RELATED, type ProductValues } from './product-form.ts';

interface RelatedProps {
  /** The product itself; undefined while it is new. */
  readonly productId: string | undefined;
  readonly isReadOnly: boolean;
}

/** Other products to show with this one, in order. */
const Related = ({ productId, isReadOnly }: RelatedProps): ReactNode => {
  const { t } = useTranslation();
  const { control } = useFormContext<ProductValues>();
  const {
    field: { value: related, onChange },
  } = useController({ control, name: 'related' });
  return (
    <Panel title={t('product.related')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('product.relatedHint')}
        </Text>
        <OrderedProducts
          label={t('product.related')}
          products={related}
          change={onChange}
          isReadOnly={isReadOnly}
          most={MOST_RELATED}
          leftOut={productId}
        />
      </Stack>
    </Panel>
  );
};

export default Related;
