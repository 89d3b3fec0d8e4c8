import { Checkbox, Group } from '@mantine/core';
import type { ReactNode } from 'react';

interface ColumnChoiceProps<Name extends string> {
  readonly id: string;
  readonly label: string;
  readonly columns: readonly Name[];
  readonly labelOf: (column: Name) => string;
  readonly hidden: readonly Name[];
  readonly change: (hidden: readonly Name[]) => void;
}

/** Chooses the columns of a list. */
export const ColumnChoice = <Name extends string>({
  id,
  label,
  columns,
  labelOf,
  hidden,
  change,
}: ColumnChoiceProps<Name>): ReactNode => (
  <Group id={id} role="group" aria-label={label} gap="md" visibleFrom="sm">
    {columns.map((column) => (
      <Checkbox
        key={column}
        label={labelOf(column)}
        checked={!hidden.includes(column)}
        onChange={({ currentTarget: { checked } }) =>
          change(columns.filter((one) => (one === column ? !checked : hidden.includes(one))))
        }
      />
    ))}
  </Group>
);
