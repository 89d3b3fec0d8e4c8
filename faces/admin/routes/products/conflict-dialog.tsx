import { Alert, Button, Group, Modal, Radio, ScrollArea, Stack, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conflict } from '../../shared/form/three-way.ts';
import { fieldParts } from './product-form.ts';

interface ConflictDialogProps {
  readonly conflicts: readonly Conflict[];
  readonly isBusy: boolean;
  readonly close: () => void;
  /** With the fields for which the other's change was chosen. */
  readonly save: (theirs: ReadonlySet<string>) => void;
}

/** Two people changed one product: what only one of them changed is merged, and what both changed is chosen here. */
export const ConflictDialog = ({ conflicts, isBusy, close, save }: ConflictDialogProps): ReactNode => {
  const { t } = useTranslation();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (field: string, isTheirs: boolean): void => {
    const next = new Set(theirs);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  const nameOf = (field: string): string => {
    const [first = '', ...rest] = fieldParts(field);
    const label = t(`product.field.${first}` as 'product.field.name', { defaultValue: first });
    return [label, ...rest.map((part) => t(`product.field.${part}` as 'product.field.name', { defaultValue: part }))].join(' · ');
  };
  const shown = (text: string | undefined): string => (text === undefined ? t('conflict.absent') : text === '' ? t('conflict.empty') : text.replaceAll('\t', ', '));

  return (
    <Modal opened onClose={close} title={t('conflict.title')} size="xl" closeButtonProps={{ 'aria-label': t('act.close') }}>
      <Stack gap="md">
        <Text size="sm">{t('conflict.text')}</Text>
        {conflicts.length === 0 ? (
          <Alert color="teal">{t('conflict.merged')}</Alert>
        ) : (
          <ScrollArea type="auto">
            <Table aria-label={t('conflict.title')} miw={560}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('conflict.field')}</Table.Th>
                  <Table.Th>{t('conflict.base')}</Table.Th>
                  <Table.Th>{t('conflict.mine')}</Table.Th>
                  <Table.Th>{t('conflict.theirs')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {conflicts.map(({ field, base, mine, theirs: other }) => (
                  <Table.Tr key={field}>
                    <Table.Th fw={500}>{nameOf(field)}</Table.Th>
                    <Table.Td c="dimmed">{shown(base)}</Table.Td>
                    <Table.Td>
                      <Radio name={field} checked={!theirs.has(field)} onChange={() => choose(field, false)} label={shown(mine)} />
                    </Table.Td>
                    <Table.Td>
                      <Radio name={field} checked={theirs.has(field)} onChange={() => choose(field, true)} label={shown(other)} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </ScrollArea>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('act.back')}
          </Button>
          <Button loading={isBusy} onClick={() => save(theirs)} data-autofocus>
            {t('conflict.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
