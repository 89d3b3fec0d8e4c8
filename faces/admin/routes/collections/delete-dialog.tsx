import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, type Schemas, type Versioned } from '../../api.ts';
import { ActDialog } from '../../shared/act-dialog.tsx';

interface DeleteDialogProps {
  readonly stored: Versioned<Schemas['StaffCollection']>;
  readonly close: () => void;
}

const DeleteDialog = ({ stored: { value, etag }, close }: DeleteDialogProps): ReactNode => {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <ActDialog
      title={t('collections.delete.title', { name: value.name })}
      text={t('collections.delete.text')}
      submitLabel={t('collections.delete.submit')}
      color="red"
      close={close}
      send={(reason) =>
        api.DELETE('/api/v1/collections/{collection}', {
          params: {
            path: { collection: value.collection_id },
            header: { 'If-Match': etag, ...auditReason(reason) },
          },
        })
      }
      done={t('collections.delete.done')}
      onDone={() => void navigate({ to: '/collections' })}
      changes="collections"
    />
  );
};

export default DeleteDialog;
