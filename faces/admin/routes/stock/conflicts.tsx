import { Box, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Td, Th } from '../../shared/table.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Conflict } from './stock-cells.ts';

interface ConflictsProps {
  readonly conflicts: readonly Conflict[];
  /** What was entered is to be saved nevertheless. */
  readonly keep: (conflicts: readonly Conflict[]) => void;
  /** What the others entered stays. */
  readonly take: (conflicts: readonly Conflict[]) => void;
}

/** Cells that others have changed since: whose value is right is chosen here. */
export const Conflicts = ({ conflicts, keep, take }: ConflictsProps): ReactNode => {
  const { t } = useTranslation();
  const { number } = useFormat();
  const box = useRef<HTMLDivElement>(null);
  const isOpen = conflicts.length > 0;
  useEffect(() => {
    if (isOpen) box.current?.focus();
  }, [isOpen]);
  if (!isOpen) return null;
  return (
    <Box ref={box} tabIndex={-1} className="surface" p="md" role="group" aria-labelledby="stock-conflicts">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <IconUsers size={18} aria-hidden />
          <Title order={2} size="h5" id="stock-conflicts">
            {t('stock.conflict.title', { count: conflicts.length })}
          </Title>
        </Group>
        <Text size="sm">{t('stock.conflict.text')}</Text>
        <table className="table lines tight" aria-labelledby="stock-conflicts">
          <thead>
            <tr>
              <Th>{t('stock.column.sku')}</Th>
              <Th>{t('stock.conflict.cellName')}</Th>
              <Th>{t('stock.conflict.theirs')}</Th>
              <Th>{t('stock.conflict.mine')}</Th>
            </tr>
          </thead>
          <tbody>
            {conflicts.map((conflict) => (
              <tr key={`${conflict.sku} ${conflict.column}`}>
                <Th fw={500} className="mono">
                  {conflict.sku}
                </Th>
                <Td>{t(`stock.column.${conflict.column}`)}</Td>
                <Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('stock.conflict.take', {
                      sku: conflict.sku,
                      value: number(conflict.theirs),
                    })}
                    onClick={() => take([conflict])}
                  >
                    {number(conflict.theirs)}
                  </Button>
                </Td>
                <Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('stock.conflict.keep', { sku: conflict.sku, value: number(conflict.mine) })}
                    onClick={() => keep([conflict])}
                  >
                    {number(conflict.mine)}
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </table>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => take(conflicts)}>
            {t('stock.conflict.takeAll')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => keep(conflicts)}>
            {t('stock.conflict.keepAll')}
          </Button>
        </Group>
      </Stack>
    </Box>
  );
};
