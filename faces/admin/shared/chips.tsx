import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface ChipsProps {
  readonly chips: readonly { readonly key: string; readonly text: string }[];
  readonly remove: (key: string) => void;
  readonly clear: () => void;
}

/** What the list is narrowed to; each chip is removed by a click. */
export const Chips = ({ chips, remove, clear }: ChipsProps): ReactNode => {
  const { t } = useTranslation();
  if (chips.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label={t('filters.active')}>
      {chips.map(({ key, text }) => (
        <Button
          key={key}
          variant="light"
          size="compact-sm"
          radius="xl"
          fw={500}
          rightSection={<span aria-hidden>×</span>}
          onClick={() => remove(key)}
          aria-label={t('filters.remove', { filter: text })}
        >
          {text}
        </Button>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={clear}>
        {t('act.clearFilters')}
      </Button>
    </Group>
  );
};
