import { Alert, Box, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Modal } from '../../shared/modal.tsx';
import type { Conflict } from '../../shared/form/three-way.ts';
import { fieldParts, isPictures, isRelated, picturesIn, relatedIn } from './product-form.ts';
import { useNames } from './use-names.ts';
import { Td, Th } from '../../shared/table.tsx';

interface ConflictDialogProps {
  readonly conflicts: readonly Conflict[];
  readonly isBusy: boolean;
  readonly close: () => void;
  /** With the fields for which the other's change was chosen. */
  readonly save: (theirs: ReadonlySet<string>) => void;
}

/** Two people changed one product: what only one of them changed is merged, and what both changed is chosen here. */
const ConflictDialog = ({ conflicts, isBusy, close, save }: ConflictDialogProps): ReactNode => {
  const { t } = useTranslation();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const nameOfProduct = useNames([
    ...new Set(
      conflicts
        .filter(({ field }) => isRelated(field))
        .flatMap(({ base = '', mine = '', theirs: other = '' }) => relatedIn(`${base} ${mine} ${other}`)),
    ),
  ]);
  const choose = (field: string, isTheirs: boolean): void => {
    const next = new Set(theirs);
    if (isTheirs) next.add(field);
    else next.delete(field);
    setTheirs(next);
  };
  const nameOf = (field: string): string => {
    const [first = '', ...rest] = fieldParts(field);
    const label = t(`product.field.${first}` as 'product.field.name', { defaultValue: first });
    return [
      label,
      ...rest.map((part) => t(`product.field.${part}` as 'product.field.name', { defaultValue: part })),
    ].join(' · ');
  };
  const shown = (field: string, text: string | undefined): string => {
    if (text === undefined) return t('conflict.absent');
    if (text === '') return t('conflict.empty');
    if (isRelated(field)) return relatedIn(text).map(nameOfProduct).join(', ');
    return isPictures(field)
      ? picturesIn(text)
          .map(({ alt, url }) => alt || (url.split('/').at(-1) ?? url))
          .join(', ')
      : text;
  };

  return (
    <Modal
      opened
      onClose={close}
      title={t('conflict.title')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('act.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('conflict.text')}</Text>
        {conflicts.length === 0 ? (
          <Alert color="teal">{t('conflict.merged')}</Alert>
        ) : (
          <Box style={{ overflowX: 'auto' }}>
            <table className="table lines" aria-label={t('conflict.title')} style={{ minWidth: 560 }}>
              <thead>
                <tr>
                  <Th>{t('conflict.field')}</Th>
                  <Th>{t('conflict.base')}</Th>
                  <Th>{t('conflict.mine')}</Th>
                  <Th>{t('conflict.theirs')}</Th>
                </tr>
              </thead>
              <tbody>
                {conflicts.map(({ field, base, mine, theirs: other }) => (
                  <tr key={field}>
                    <Th fw={500}>{nameOf(field)}</Th>
                    <Td c="dimmed">{shown(field, base)}</Td>
                    <Td>
                      <Radio
                        name={field}
                        checked={!theirs.has(field)}
                        onChange={() => choose(field, false)}
                        label={shown(field, mine)}
                      />
                    </Td>
                    <Td>
                      <Radio
                        name={field}
                        checked={theirs.has(field)}
                        onChange={() => choose(field, true)}
                        label={shown(field, other)}
                      />
                    </Td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Box>
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

export default ConflictDialog;
