import { Box, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import type { ProductValues } from './product-form.ts';

/** What search engines are told. */
const Seo = ({ isReadOnly }: { readonly isReadOnly: boolean }): ReactNode => {
  const { t } = useTranslation();
  const {
    register,
    formState: { errors },
  } = useFormContext<ProductValues>();
  return (
    <Panel title={t('product.seo')}>
      <Stack gap="sm">
        <TextInput
          label={t('product.field.seoTitle')}
          readOnly={isReadOnly}
          error={errors.seoTitle?.message}
          {...register('seoTitle')}
        />
        <Textarea
          label={t('product.field.seoDescription')}
          autosize
          minRows={2}
          readOnly={isReadOnly}
          error={errors.seoDescription?.message}
          {...register('seoDescription')}
        />
        <TextInput
          label={t('product.field.seoSlug')}
          readOnly={isReadOnly}
          error={errors.seoSlug?.message}
          {...register('seoSlug')}
        />
        <Text size="xs" c="dimmed">
          {t('product.seoHint')}
        </Text>
        <Preview />
      </Stack>
    </Panel>
  );
};

/** What a search engine might show. */
const Preview = (): ReactNode => {
  const { t } = useTranslation();
  const { control } = useFormContext<ProductValues>();
  const [name, description, title, text, slug] = useWatch({
    control,
    name: ['name', 'description', 'seoTitle', 'seoDescription', 'seoSlug'],
  });
  return (
    <Box className="surface" p="sm" component="figure" m={0} aria-label={t('product.seoPreview')}>
      <Text size="xs" c="dimmed" truncate>
        {globalThis.location.host} › {slug || '…'}
      </Text>
      <Text fw={500} c="var(--mantine-color-anchor)" truncate>
        {title || name || '…'}
      </Text>
      <Text size="sm" lineClamp={2}>
        {text || description || '…'}
      </Text>
    </Box>
  );
};

export default Seo;
