import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface BulkBarProps {
  readonly label: string;
  /** How many rows are chosen. */
  readonly count: number;
  readonly clear: () => void;
  /** What can be done with them. */
  readonly children: ReactNode;
}

/** Stays at the bottom of the window, below a list, so that rows do not move while they are chosen. */
export const BulkBar = ({ label, count, clear, children }: BulkBarProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group className="sticky-bar" gap="xs" mt="md" role="group" aria-label={label}>
      <Text size="sm" fw={600} role="status">
        {t('selection.count', { count })}
      </Text>
      <Button variant="subtle" size="compact-sm" onClick={clear}>
        {t('selection.clear')}
      </Button>
      {children}
    </Group>
  );
};
