import { Button, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { Picture } from '../products/picture.tsx';
import Uploader from '../products/uploader.tsx';
import type { CollectionValues } from './collection-form.ts';

interface PicturePanelProps {
  /** Called with the number of uploads under way. */
  readonly onUploads: (count: number) => void;
}

/** The picture of a collection, if it has one. */
const PicturePanel = ({ onUploads }: PicturePanelProps): ReactNode => {
  const { t } = useTranslation();
  const { control, register, setValue, formState } = useFormContext<CollectionValues>();
  const [url, alt] = useWatch({ control, name: ['pictureUrl', 'pictureAlt'] });
  const show = (next: string, text: string): void => {
    setValue('pictureUrl', next, { shouldDirty: true });
    setValue('pictureAlt', text, { shouldDirty: true });
  };
  return (
    <Panel title={t('product.picture')}>
      {url === '' ? (
        <Uploader isForOne onUploads={onUploads} add={(picture) => show(picture.url, picture.alt)} />
      ) : (
        <Stack gap="sm" align="flex-start">
          <Picture url={url} alt={alt} size={160} />
          <TextInput
            w="100%"
            label={t('product.pictureTextHint')}
            description={t('collections.pictureHint')}
            error={formState.errors.pictureAlt?.message}
            {...register('pictureAlt')}
          />
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconTrash size={16} />}
            onClick={() => show('', '')}
          >
            {t('collections.pictureRemove')}
          </Button>
        </Stack>
      )}
    </Panel>
  );
};

export default PicturePanel;
