import { Button } from '@mantine/core';
import { IconFileDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from './notify.ts';
import { problemText } from './problem-text.ts';

interface SaveButtonProps {
  readonly label: string;
  /** What is saved, for the name of the button where the label does not say. */
  readonly about?: string;
  readonly save: () => Promise<unknown>;
  readonly size?: 'xs' | 'compact-sm';
}

/** Downloads a document. */
export const SaveButton = ({ label, about, save, size = 'compact-sm' }: SaveButtonProps): ReactNode => {
  const { t } = useTranslation();
  const act = useMutation({
    mutationFn: save,
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  return (
    <Button
      size={size}
      {...(about === undefined ? {} : { 'aria-label': `${label} ${about}` })}
      variant="default"
      leftSection={<IconFileDownload size={14} />}
      loading={act.isPending}
      onClick={() => act.mutate()}
    >
      {label}
    </Button>
  );
};
