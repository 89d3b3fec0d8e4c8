import { Button } from '@mantine/core';
import { IconCopy, IconExternalLink, IconRestore, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versionedOf, type Schemas, type Versioned } from '../../api.ts';
import { notify } from '../../shared/notify.ts';
import { notifyUndo } from '../../shared/notify-undo.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { useKeyed } from '../../shared/use-keyed.ts';

interface ActsProps {
  readonly stored: Versioned<Schemas['StaffProduct']>;
  readonly isDirty: boolean;
}

/** What can be done with a stored product as a whole. */
const Acts = ({ stored: { value: product, etag }, isDirty }: ActsProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const keyed = useKeyed();
  const path = { product_id: product.product_id };
  const failed = (error: unknown): void => {
    notify({ color: 'red', message: problemText(error, t) });
  };
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ['products'] });
  const restore = useMutation({
    mutationFn: () => api.POST('/api/v1/products/{product_id}/restore', { params: { path } }),
    onSuccess: refresh,
    onError: failed,
  });
  const trash = useMutation({
    mutationFn: () =>
      api.DELETE('/api/v1/products/{product_id}', { params: { path, header: { 'If-Match': etag } } }),
    onSuccess: async () => {
      notifyUndo({
        message: t('product.trashed'),
        label: t('act.undo'),
        undo: () => restore.mutate(),
      });
      await refresh();
    },
    onError: failed,
  });
  const duplicate = useMutation({
    mutationFn: () =>
      keyed((key) =>
        versionedOf(
          api.POST('/api/v1/products/{product_id}/duplicate', {
            params: { path, header: { 'Idempotency-Key': key } },
            body: {},
          }),
        ),
      ),
    onSuccess: async ({ value }) => {
      await refresh();
      await navigate({ to: '/products/$productId', params: { productId: value.product_id } });
    },
    onError: failed,
  });
  return (
    <>
      {product.stage === 'trash' ? (
        <Button
          variant="default"
          leftSection={<IconRestore size={16} />}
          loading={restore.isPending}
          onClick={() => restore.mutate()}
        >
          {t('product.restore')}
        </Button>
      ) : (
        <>
          {product.stage === 'published' && (
            <Button
              variant="default"
              leftSection={<IconExternalLink size={16} />}
              component="a"
              href={`/products/${product.product_id}`}
              target="_blank"
              rel="noreferrer"
            >
              {t('product.inShop')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconCopy size={16} />}
            disabled={isDirty}
            loading={duplicate.isPending}
            onClick={() => duplicate.mutate()}
          >
            {t('product.duplicate')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} />}
            disabled={isDirty}
            loading={trash.isPending}
            onClick={() => trash.mutate()}
          >
            {t('product.trash')}
          </Button>
        </>
      )}
    </>
  );
};

export default Acts;
