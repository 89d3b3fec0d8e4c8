import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import './texts.ts';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { download } from '../../shared/download.ts';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import { filterOf } from '../products/products-query.ts';
import type { ProductsView } from '../products/view.ts';

interface ExportButtonProps {
  /** Which products; all by default. */
  readonly view?: ProductsView;
  readonly format?: 'csv' | 'jsonl';
  readonly size?: 'xs' | 'sm';
}

/** Downloads products as a file that can be imported again. */
export const ExportButton = ({ view = {}, format = 'csv', size = 'xs' }: ExportButtonProps): ReactNode => {
  const { t } = useTranslation();
  const load = useMutation({
    mutationFn: async () => {
      const { data } = await api.GET('/api/v1/exports/products', {
        params: { query: { format, ...filterOf(view) } },
        parseAs: 'blob',
      });
      download(new Blob([data ?? '']), `products.${format}`);
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  return (
    <Button
      variant="default"
      size={size}
      leftSection={<IconDownload size={14} />}
      loading={load.isPending}
      onClick={() => load.mutate()}
    >
      {format === 'csv' ? t('imports.exportCsv') : t('imports.exportJson')}
    </Button>
  );
};
