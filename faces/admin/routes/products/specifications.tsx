import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { MOST_SPECIFICATIONS, type ProductValues } from './product-form.ts';

/** Names with values. The shop keeps no order of them. */
const Specifications = ({ isReadOnly }: { readonly isReadOnly: boolean }): ReactNode => {
  const { t } = useTranslation();
  const { control, register, formState } = useFormContext<ProductValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'specifications' });
  const faults = formState.errors.specifications;
  return (
    <Panel title={t('product.specifications')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('product.specificationsHint')}
        </Text>
        {fields.map(({ id }, index) => (
          <Group key={id} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              flex="0 1 220px"
              aria-label={t('product.specificationName', { number: index + 1 })}
              placeholder={t('product.specificationNameHint')}
              readOnly={isReadOnly}
              error={faults?.[index]?.name?.message}
              {...register(`specifications.${index}.name`)}
            />
            <TextInput
              flex={1}
              aria-label={t('product.specificationValue', { number: index + 1 })}
              placeholder={t('product.specificationValueHint')}
              readOnly={isReadOnly}
              error={faults?.[index]?.value?.message}
              {...register(`specifications.${index}.value`)}
            />
            {!isReadOnly && (
              <ActionIcon
                mt={4}
                variant="subtle"
                color="gray"
                onClick={() => remove(index)}
                aria-label={t('product.removeSpecification', { number: index + 1 })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {!isReadOnly && (
          <Group>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} />}
              disabled={fields.length >= MOST_SPECIFICATIONS}
              onClick={() => append({ name: '', value: '' })}
            >
              {t('product.addSpecification')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
};

export default Specifications;
