import { ActionIcon, Box, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLayoutGridAdd, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { Panel } from '../../shared/page.tsx';
import { Td, Th } from '../../shared/table.tsx';
import { Picture } from './picture.tsx';
import { attributeKey, type PictureValues, type ProductValues } from './product-form.ts';
import { priceListsQuery } from './products-query.ts';

const Generator = lazy(() => import('./generator.tsx'));

const MOST = 100;

interface VariantsProps {
  readonly stored: readonly Schemas['StaffVariant'][];
  readonly isReadOnly: boolean;
}

/** The variants as a table of fields: attributes and price lists are columns. */
export const Variants = ({ stored, isReadOnly }: VariantsProps): ReactNode => {
  const { t } = useTranslation();
  const { control, register, watch, setValue, getValues, formState } = useFormContext<ProductValues>();
  const { fields, append, remove, replace } = useFieldArray({ control, name: 'variants' });
  const attributes = watch('attributes');
  const { data: lists = [] } = useQuery(priceListsQuery);
  const [chosenLists, setChosenLists] = useState<readonly string[]>(() => [
    ...new Set(stored.flatMap(({ prices }) => Object.keys(prices))),
  ]);
  const [isGenerating, generator] = useDisclosure(false);
  const { errors } = formState;
  const isNew = ({ sku }: { readonly sku: string }): boolean => !stored.some((one) => one.sku === sku);
  const hasNew = !isReadOnly && fields.some(isNew);
  const otherLists = lists.filter(({ code }) => !chosenLists.includes(code));

  const removeAttribute = (name: string): void => {
    setValue(
      'attributes',
      attributes.filter((one) => one !== name),
      { shouldDirty: true },
    );
    getValues('variants').forEach((_, index) =>
      setValue(`variants.${index}.attributes.${attributeKey(name)}`, '', { shouldDirty: true }),
    );
  };

  return (
    <Panel
      title={t('product.variants', { count: fields.length })}
      aside={
        !isReadOnly && (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconLayoutGridAdd size={14} />}
            onClick={generator.toggle}
            aria-expanded={isGenerating}
          >
            {t('product.options')}
          </Button>
        )
      }
    >
      {isGenerating && (
        <Suspense>
          <Generator
            most={MOST}
            generate={(rows, names) => {
              replace(rows);
              setValue('attributes', [...new Set([...attributes, ...names])], { shouldDirty: true });
              generator.close();
            }}
          />
        </Suspense>
      )}
      <Box
        style={{ overflow: 'auto', maxHeight: 640 }}
        tabIndex={0}
        role="group"
        aria-label={t('product.variantsLabel')}
      >
        <table
          className="table fields"
          aria-label={t('product.variantsLabel')}
          style={{ minWidth: 490 + (attributes.length + chosenLists.length) * 110, marginBottom: 8 }}
        >
          <thead>
            <tr>
              <Th w={44}>
                <span className="visually-hidden">{t('product.picture')}</span>
              </Th>
              <Th>SKU</Th>
              {attributes.map((name) => (
                <Th key={name}>
                  <Group gap={2} wrap="nowrap">
                    {name}
                    {!isReadOnly && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size="xs"
                        onClick={() => removeAttribute(name)}
                        aria-label={t('product.removeAttribute', { name })}
                      >
                        <IconX size={12} />
                      </ActionIcon>
                    )}
                  </Group>
                </Th>
              ))}
              <Th w={110}>{t('product.field.price')}</Th>
              <Th w={72}>{t('product.field.currency')}</Th>
              {chosenLists.map((code) => (
                <Th key={code} w={110}>
                  {code}{' '}
                  <Text span size="xs" c="dimmed">
                    {lists.find((list) => list.code === code)?.currency}
                  </Text>
                </Th>
              ))}
              {hasNew && <Th w={110}>{t('product.field.stock')}</Th>}
              {!isReadOnly && (
                <Th w={40}>
                  <span className="visually-hidden">{t('act.remove')}</span>
                </Th>
              )}
            </tr>
          </thead>
          <tbody>
            {fields.map((field, index) => {
              const isStored = !isNew(field);
              const faults = errors.variants?.[index];
              const nameOf = (column: string): string => `${field.sku || index + 1} ${column}`;
              return (
                <tr key={field.id}>
                  <Td>
                    <RowPicture index={index} />
                  </Td>
                  <Td>
                    {isStored ? (
                      <Text size="sm" className="mono" style={{ whiteSpace: 'nowrap' }}>
                        {field.sku}
                      </Text>
                    ) : (
                      <TextInput
                        aria-label={`SKU ${index + 1}`}
                        miw={190}
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
                        aria-label={nameOf(name)}
                        readOnly={isReadOnly}
                        {...register(`variants.${index}.attributes.${attributeKey(name)}`)}
                      />
                    </Td>
                  ))}
                  <Td>
                    <TextInput
                      aria-label={nameOf(t('product.field.price'))}
                      inputMode="decimal"
                      readOnly={isReadOnly}
                      error={faults?.price?.message}
                      styles={{ input: { textAlign: 'right' } }}
                      {...register(`variants.${index}.price`)}
                    />
                  </Td>
                  <Td>
                    <TextInput
                      aria-label={nameOf(t('product.field.currency'))}
                      maxLength={3}
                      readOnly={isReadOnly}
                      error={faults?.currency?.message}
                      {...register(`variants.${index}.currency`, {
                        setValueAs: (text: string) => text.trim().toUpperCase(),
                      })}
                    />
                  </Td>
                  {chosenLists.map((code) => (
                    <Td key={code}>
                      <TextInput
                        aria-label={nameOf(code)}
                        inputMode="decimal"
                        readOnly={isReadOnly}
                        error={faults?.prices?.[code]?.message}
                        styles={{ input: { textAlign: 'right' } }}
                        {...register(`variants.${index}.prices.${code}`)}
                      />
                    </Td>
                  ))}
                  {hasNew && (
                    <Td>
                      {!isStored && (
                        <TextInput
                          aria-label={nameOf(t('product.field.stock'))}
                          inputMode="numeric"
                          placeholder="0"
                          error={faults?.stock?.message}
                          styles={{ input: { textAlign: 'right' } }}
                          {...register(`variants.${index}.stock`)}
                        />
                      )}
                    </Td>
                  )}
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
        <Group mt="sm" gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            disabled={fields.length >= MOST}
            onClick={() => {
              const last = getValues('variants').at(-1);
              append({
                sku: '',
                price: last?.price ?? '',
                currency: last?.currency ?? 'EUR',
                attributes: {},
                prices: {},
                pictures: [...(last?.pictures ?? [])],
                stock: '',
              });
            }}
          >
            {t('product.addVariant')}
          </Button>
          <Adder
            label={t('product.attribute')}
            hint={t('product.attributeHint')}
            act={t('product.addAttribute')}
            most={60}
            add={(name) => {
              if (!attributes.includes(name))
                setValue('attributes', [...attributes, name], { shouldDirty: true });
            }}
          />
          {fields.length > 1 && (
            <Adder
              label={t('product.priceForAll')}
              hint={t('product.field.price')}
              act={t('product.setAllPrices')}
              most={20}
              add={(price) =>
                getValues('variants').forEach((_, index) =>
                  setValue(`variants.${index}.price`, price, { shouldDirty: true, shouldValidate: true }),
                )
              }
            />
          )}
          {hasNew && fields.length > 1 && (
            <Adder
              label={t('product.stockForAll')}
              hint={t('product.field.stock')}
              act={t('product.setAllStock')}
              most={7}
              add={(stock) =>
                getValues('variants').forEach((variant, index) => {
                  if (isNew(variant))
                    setValue(`variants.${index}.stock`, stock, { shouldDirty: true, shouldValidate: true });
                })
              }
            />
          )}
          {otherLists.length > 0 && (
            <NativeSelect
              size="xs"
              aria-label={t('product.addList')}
              value=""
              data={[
                { value: '', label: t('product.addList') },
                ...otherLists.map(({ code, name, currency }) => ({
                  value: code,
                  label: `${name} (${currency})`,
                })),
              ]}
              onChange={({ currentTarget: { value } }) => {
                if (value !== '') setChosenLists([...chosenLists, value]);
              }}
            />
          )}
        </Group>
      )}
    </Panel>
  );
};

const RowPicture = ({ index }: { readonly index: number }): ReactNode => {
  const { control } = useFormContext<ProductValues>();
  return <Picture url={firstOf(useWatch({ control, name: `variants.${index}.pictures` }))} size={36} />;
};

/** A row that was just removed has none. */
const firstOf = (pictures: readonly PictureValues[] | undefined): string | undefined => pictures?.[0]?.url;

interface AdderProps {
  readonly label: string;
  readonly hint: string;
  readonly act: string;
  readonly most: number;
  readonly add: (text: string) => void;
}

/** A field with a button, which Enter presses. */
const Adder = ({ label, hint, act, most, add }: AdderProps): ReactNode => {
  const [text, setText] = useState('');
  const press = (): void => {
    if (text.trim() !== '') add(text.trim());
    setText('');
  };
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput
        size="xs"
        w={130}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          press();
        }}
        placeholder={hint}
        aria-label={label}
        maxLength={most}
      />
      <Button variant="default" size="xs" onClick={press}>
        {act}
      </Button>
    </Group>
  );
};
