import { Alert, Progress, Stack, Text } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DropZone } from '../../shared/drop-zone.tsx';
import { problemText } from '../../shared/problem-text.ts';
import type { PictureValues } from './product-form.ts';
import { uploadPicture } from './upload-picture.ts';

interface Upload {
  readonly id: string;
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
  readonly fault?: string;
}

interface UploaderProps {
  readonly add: (picture: PictureValues) => void;
  readonly onUploads: (count: number) => void;
  /** Takes one picture at most. */
  readonly isForOne?: boolean;
}

/** Uploads pictures, and shows their progress. */
const Uploader = ({ add, onUploads, isForOne = false }: UploaderProps): ReactNode => {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const running = useRef(0);

  const uploadOne = async (file: File): Promise<void> => {
    const id = crypto.randomUUID();
    const change = (next: Partial<Upload>): void =>
      setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...next } : one)));
    setUploads((all) => [...all, { id, name: file.name, share: 0 }]);
    try {
      const url = await uploadPicture(file, (share) => change({ share }));
      if (url !== undefined) add({ url, alt: '' });
      setUploads((all) => all.filter((one) => one.id !== id));
    } catch (error) {
      change({ fault: problemText(error, t) });
    }
  };
  /** One after the other, so that they keep their order. */
  const uploadAll = async (files: readonly File[]): Promise<void> => {
    running.current += files.length;
    onUploads(running.current);
    for (const file of files) {
      await uploadOne(file);
      running.current -= 1;
      onUploads(running.current);
    }
  };

  return (
    <Stack gap="xs">
      <DropZone
        label={t(isForOne ? 'product.addPicture' : 'product.addPictures')}
        hint={t('product.dropPictures')}
        icon={<IconPhotoPlus size={16} />}
        accept="image/*"
        multiple={!isForOne}
        isBusy={isForOne && uploads.some(({ fault }) => fault === undefined)}
        take={(files) => void uploadAll(isForOne ? files.slice(0, 1) : files)}
      />
      {uploads.map(({ id, name, share, fault }) =>
        fault === undefined ? (
          <Stack key={id} gap={2}>
            <Text size="xs">{t('product.uploading', { name })}</Text>
            <Progress value={share * 100} aria-label={t('product.uploading', { name })} size="sm" />
          </Stack>
        ) : (
          <Alert
            key={id}
            color="red"
            role="alert"
            withCloseButton
            closeButtonLabel={t('act.close')}
            onClose={() => setUploads((all) => all.filter((one) => one.id !== id))}
          >
            {name}: {fault}
          </Alert>
        ),
      )}
    </Stack>
  );
};

export default Uploader;
