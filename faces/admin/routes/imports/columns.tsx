import { Box, Button, Group, NativeSelect, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Td, Th } from '../../shared/table.tsx';
import type { Import } from './imports-query.ts';
import { choiceOf, FIELDS, IGNORED, UNKNOWN, unmapped, type Choices } from './mapping.ts';

interface ColumnsProps {
  readonly value: Import;
  readonly choices: Choices;
  readonly choose: (choices: Choices) => void;
  /** Once the import has begun, its columns are only shown. */
  readonly isReadOnly: boolean;
}

/** The columns of the file with samples, and what each is imported as. */
export const Columns = ({ value, choices, choose, isReadOnly }: ColumnsProps): ReactNode => {
  const { t } = useTranslation();
  const { columns } = value;
  const unknown = unmapped(columns, choices);
  const optionsOf = (name: string, field: string | null | undefined) => {
    const known: readonly string[] = FIELDS;
    const special = [
      ...(typeof field === 'string' && !known.includes(field) ? [field] : []),
      `attr.${name}`,
      `spec.${name}`,
    ];
    return [
      { value: UNKNOWN, label: t('imports.choose_field') },
      { value: IGNORED, label: t('imports.ignored') },
      ...FIELDS.map((one) => ({ value: one, label: t(`imports.field.${one}`) })),
      ...[...new Set(special)].map((one) => ({ value: one, label: specialLabel(one) })),
    ];
  };
  const specialLabel = (field: string): string => {
    const [kind, ...rest] = field.split('.');
    const name = rest.join('.');
    return kind === 'attr'
      ? t('imports.attribute', { name })
      : kind === 'spec'
        ? t('imports.specification', { name })
        : field;
  };
  return (
    <>
      {unknown.length > 0 && !isReadOnly && (
        <Group justify="space-between" mb="sm" gap="xs">
          <Text size="sm" c="var(--mantine-color-error)">
            {t('imports.unknown', { count: unknown.length })}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => choose(new Map([...choices, ...unknown.map((name) => [name, IGNORED] as const)]))}
          >
            {t('imports.ignoreUnknown')}
          </Button>
        </Group>
      )}
      <Box style={{ overflowX: 'auto' }} tabIndex={0} role="group" aria-label={t('imports.columns')}>
        <table className="table lines tight" aria-label={t('imports.columns')}>
          <thead>
            <tr>
              <Th>{t('imports.column')}</Th>
              <Th visibleFrom="sm">{t('imports.samples')}</Th>
              <Th w={220}>{t('imports.as')}</Th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <Td>
                  <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                    {column.name}
                  </Text>
                  <Text size="xs" c="dimmed" hiddenFrom="sm" lineClamp={1}>
                    {column.samples.join(' · ')}
                  </Text>
                </Td>
                <Td visibleFrom="sm" c="dimmed">
                  <Text size="sm" lineClamp={1} maw={360}>
                    {column.samples.join(' · ')}
                  </Text>
                </Td>
                <Td>
                  <NativeSelect
                    size="xs"
                    aria-label={t('imports.asOf', { column: column.name })}
                    disabled={isReadOnly}
                    value={choices.get(column.name) ?? choiceOf(column)}
                    error={unknown.includes(column.name)}
                    data={optionsOf(column.name, column.field)}
                    onChange={({ currentTarget }) =>
                      choose(new Map(choices).set(column.name, currentTarget.value))
                    }
                  />
                </Td>
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
    </>
  );
};
