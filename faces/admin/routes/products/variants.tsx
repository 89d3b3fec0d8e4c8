import { ActionIcon, Box, Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Panel } from '../../shared/page.tsx';
import { Picture } from './picture.tsx';
import type { ProductValues } from './product-form.ts';
import { Td, Th } from '../../shared/table.tsx';

const MOST = 100;

interface VariantsProps {
  readonly stored: readonly Schemas['StaffVariant'][];
  readonly isReadOnly: boolean;
}

/** The variants as a table of fields: attributes are columns. */
export const Variants = ({ stored, isReadOnly }: VariantsProps): ReactNode => {
  const { t } = useTranslation();
  const { control, register, watch, setValue, formState } = useFormContext<ProductValues>();
  const { fields, append, remove } = useFieldArray({ control, name: 'variants' });
  const attributes = watch('attributes');
  const [attribute, setAttribute] = useState('');
  const { errors } = formState;
  const pictureOf = (sku: string): string | undefined =>
    stored.find((variant) => variant.sku === sku)?.pictures[0]?.url;

  const addAttribute = (): void => {
    const name = attribute.trim();
    if (name !== '' && !attributes.includes(name))
      setValue('attributes', [...attributes, name], { shouldDirty: true });
    setAttribute('');
  };

  return (
    <Panel title={t('product.variants', { count: fields.length })}>
      <Box style={{ overflowX: 'auto' }}>
        <table
          className="table fields"
          aria-label={t('product.variantsLabel')}
          style={{ minWidth: 400 + attributes.length * 110, marginBottom: 8 }}
        >
          <thead>
            <tr>
              <Th w={44}>
                <span className="visually-hidden">{t('product.picture')}</span>
              </Th>
              <Th>SKU</Th>
              {attributes.map((name) => (
                <Th key={name}>{name}</Th>
              ))}
              <Th w={110}>{t('product.field.price')}</Th>
              <Th w={72}>{t('product.field.currency')}</Th>
              {!isReadOnly && (
                <Th w={40}>
                  <span className="visually-hidden">{t('act.remove')}</span>
                </Th>
              )}
            </tr>
          </thead>
          <tbody>
            {fields.map((field, index) => {
              const isStored = stored.some(({ sku }) => sku === field.sku);
              const faults = errors.variants?.[index];
              return (
                <tr key={field.id}>
                  <Td>
                    <Picture url={pictureOf(field.sku)} size={36} />
                  </Td>
                  <Td>
                    {isStored ? (
                      <Text size="sm" className="mono" style={{ whiteSpace: 'nowrap' }}>
                        {field.sku}
                      </Text>
                    ) : (
                      <TextInput
                        aria-label={`SKU ${index + 1}`}
                        miw={140}
                        error={faults?.sku?.message}
                        {...register(`variants.${index}.sku`, {
                          setValueAs: (text: string) => text.trim().toUpperCase(),
                        })}
                      />
                    )}
                  </Td>
                  {attributes.map((name) => (
                    <Td key={name}>
                      <TextInput
                        aria-label={`${field.sku || index + 1} ${name}`}
                        readOnly={isReadOnly}
                        {...register(`variants.${index}.attributes.${name}`)}
                      />
                    </Td>
                  ))}
                  <Td>
                    <TextInput
                      aria-label={`${field.sku || index + 1} ${t('product.field.price')}`}
                      inputMode="decimal"
                      readOnly={isReadOnly}
                      error={faults?.price?.message}
                      styles={{ input: { textAlign: 'right' } }}
                      {...register(`variants.${index}.price`)}
                    />
                  </Td>
                  <Td>
                    <TextInput
                      aria-label={`${field.sku || index + 1} ${t('product.field.currency')}`}
                      maxLength={3}
                      readOnly={isReadOnly}
                      {...register(`variants.${index}.currency`, {
                        setValueAs: (text: string) => text.trim().toUpperCase(),
                      })}
                    />
                  </Td>
                  {!isReadOnly && (
                    <Td>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        disabled={fields.length === 1}
                        onClick={() => remove(index)}
                        aria-label={t('product.removeVariant', { sku: field.sku || index + 1 })}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Box>
      {!isReadOnly && (
        <Group mt="sm" gap="xs" justify="space-between">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            disabled={fields.length >= MOST}
            onClick={() =>
              append({
                sku: '',
                price: fields.at(-1)?.price ?? '',
                currency: fields.at(-1)?.currency ?? 'EUR',
                attributes: {},
              })
            }
          >
            {t('product.addVariant')}
          </Button>
          <Group gap={4}>
            <TextInput
              size="xs"
              w={150}
              value={attribute}
              onChange={(event) => setAttribute(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                addAttribute();
              }}
              placeholder={t('product.attributeHint')}
              aria-label={t('product.attribute')}
              maxLength={60}
            />
            <Button variant="default" size="xs" onClick={addAttribute}>
              {t('product.addAttribute')}
            </Button>
          </Group>
        </Group>
      )}
    </Panel>
  );
};
