import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface AmountLineProps {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
}

export const AmountLine = ({ label, value, strong = false }: AmountLineProps): ReactNode => (
  <Group justify="space-between" wrap="nowrap" className="numeric">
    <Text size="sm" {...(strong ? { fw: 650 } : { c: 'dimmed' })}>
      {label}
    </Text>
    <Text size="sm" fw={strong ? 650 : 400}>
      {value}
    </Text>
  </Group>
);
