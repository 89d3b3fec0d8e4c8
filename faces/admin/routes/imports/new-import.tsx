import { Alert, Group, NativeSelect, Stack } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DropZone } from '../../shared/drop-zone.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { useKeyed } from '../../shared/use-keyed.ts';
import { beginImport } from './uploads.ts';

const MODES = ['merge', 'create', 'update', 'replace'] as const;
const DECIMALS = ['.', ','] as const;

interface NewImportProps {
  readonly label: string;
  readonly hint: string;
}

/** Takes a file and leads to its import, which is uploaded and checked meanwhile. */
export const NewImport = ({ label, hint }: NewImportProps): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const keyed = useKeyed();
  const [mode, setMode] = useState<(typeof MODES)[number]>('merge');
  const [decimal, setDecimal] = useState<(typeof DECIMALS)[number]>('.');
  const begin = useMutation({
    mutationFn: (file: File) => keyed((key) => beginImport(file, { mode, decimal }, key)),
    onSuccess: async (importId) => {
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
      await navigate({ to: '/imports/$importId', params: { importId } });
    },
  });
  return (
    <Stack gap="sm">
      {begin.error && (
        <Alert color="red" role="alert">
          {problemText(begin.error, t)}
        </Alert>
      )}
      <DropZone
        label={label}
        hint={hint}
        icon={<IconFileImport size={16} />}
        accept=".csv,.tsv,.txt,.jsonl,.ndjson,.gz"
        isBusy={begin.isPending}
        take={([file]) => {
          if (file) begin.mutate(file);
        }}
      />
      <Group gap="sm" align="flex-start">
        <NativeSelect
          flex={1}
          miw={220}
          label={t('imports.mode')}
          description={t(`imports.modeText.${mode}`)}
          value={mode}
          data={MODES.map((value) => ({ value, label: t(`imports.modes.${value}`) }))}
          onChange={({ currentTarget: { value } }) => setMode(MODES.find((one) => one === value) ?? 'merge')}
        />
        <NativeSelect
          label={t('imports.decimal')}
          description={t('imports.decimalHint')}
          value={decimal}
          data={[
            { value: '.', label: '19.99' },
            { value: ',', label: '19,99' },
          ]}
          onChange={({ currentTarget: { value } }) => setDecimal(value === ',' ? ',' : '.')}
        />
      </Group>
    </Stack>
  );
};
