import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { combinationsOf, skuPart, valuesIn, withCombinations } from './options.ts';
import type { ProductValues, VariantValues } from './product-form.ts';

interface GeneratorProps {
  /** Variants that a product may have. */
  readonly most: number;
  /** Called with all rows, and the names of the options. */
  readonly generate: (rows: VariantValues[], names: readonly string[]) => void;
}

interface Row {
  readonly name: string;
  readonly values: string;
}

/** Options with their values, of which each combination becomes a variant. */
const Generator = ({ most, generate }: GeneratorProps): ReactNode => {
  const { t } = useTranslation();
  const { getValues } = useFormContext<ProductValues>();
  const [rows, setRows] = useState<readonly Row[]>([{ name: '', values: '' }]);
  const [prefix, setPrefix] = useState(() => {
    const { name, variants } = getValues();
    return skuPart(name).slice(0, 20) || (variants[0]?.sku ?? '');
  });
  const options = rows.map(({ name, values }) => ({ name, values: valuesIn(values) }));
  const combinations = combinationsOf(options);
  const next = withCombinations(getValues('variants'), combinations, prefix);
  const kept = getValues('variants').filter(({ sku }) => sku !== '').length;
  const added = combinations.length === 0 ? 0 : next.length - kept;
  const change = (at: number, changes: Partial<Row>): void =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...changes } : row)));
  const press = (): void => {
    if (added > 0 && next.length <= most)
      generate(
        next,
        options.filter(({ values }) => values.length > 0).map(({ name }) => name.trim()),
      );
  };
  /** Enter would save the whole product. */
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    press();
  };
  return (
    <Stack gap="xs" mb="md" p="sm" className="surface" role="group" aria-label={t('product.options')}>
      <Text size="sm" c="dimmed">
        {t('product.optionsHint')}
      </Text>
      {rows.map((row, index) => (
        <Group key={index} gap="xs" wrap="nowrap" onKeyDown={onKeyDown}>
          <TextInput
            w={140}
            maxLength={60}
            aria-label={t('product.optionName', { number: index + 1 })}
            placeholder={t('product.optionNameHint')}
            value={row.name}
            onChange={({ currentTarget: { value } }) => change(index, { name: value })}
            {...(index === 0 ? { autoFocus: true } : {})}
          />
          <TextInput
            flex={1}
            maxLength={2_000}
            aria-label={t('product.optionValues', { number: index + 1 })}
            placeholder={t('product.optionValuesHint')}
            value={row.values}
            onChange={({ currentTarget: { value } }) => change(index, { values: value })}
          />
        </Group>
      ))}
      <Group gap="xs" justify="space-between" align="flex-end">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => setRows([...rows, { name: '', values: '' }])}
        >
          {t('product.addOption')}
        </Button>
        <Group gap="xs" align="flex-end" onKeyDown={onKeyDown}>
          <TextInput
            size="xs"
            w={150}
            maxLength={30}
            label={t('product.skuPrefix')}
            value={prefix}
            onChange={({ currentTarget: { value } }) => setPrefix(value)}
          />
          <Button size="xs" onClick={press} disabled={added === 0 || next.length > most}>
            {next.length > most
              ? t('product.tooManyVariants', { most })
              : t('product.createVariants', { count: added })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
};

export default Generator;
