import { Checkbox, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActDialog } from './act-dialog.tsx';
import { storeView } from './saved-views-query.ts';

const NAME_MOST = 60;

interface SaveViewDialogProps {
  readonly list: string;
  readonly query: string;
  readonly close: () => void;
}

const SaveViewDialog = ({ list, query, close }: SaveViewDialogProps): ReactNode => {
  const { t } = useTranslation();
  // A repeated request, such as after a lost response, saves the same view.
  const [id] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  return (
    <ActDialog
      title={t('views.save')}
      text={t('views.saveText')}
      submitLabel={t('act.save')}
      close={close}
      hasReason={false}
      missing={name.trim() === '' ? t('views.nameMissing') : undefined}
      send={() =>
        storeView({ view_id: id, is_own: true, list, query, name: name.trim(), is_shared: isShared })
      }
      done={t('views.done', { name: name.trim() })}
      changes="views"
    >
      <TextInput
        label={t('views.name')}
        value={name}
        maxLength={NAME_MOST}
        onChange={({ currentTarget: { value } }) => setName(value)}
        data-autofocus
      />
      <Checkbox
        label={t('views.share')}
        checked={isShared}
        onChange={({ currentTarget: { checked } }) => setShared(checked)}
      />
    </ActDialog>
  );
};

export default SaveViewDialog;
