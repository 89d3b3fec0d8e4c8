import { ActionIcon, Box, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { Picture } from './picture.tsx';
import type { PictureValues, ProductValues } from './product-form.ts';
import { moved } from './moved.ts';

const Uploader = lazy(() => import('./uploader.tsx'));

const MOST = 20;
const MOST_ALT = 500;
const ALL = 'all';

const isSame = (some: readonly PictureValues[], others: readonly PictureValues[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

interface PicturesProps {
  readonly isReadOnly: boolean;
  /** Called with the number of uploads under way. */
  readonly onUploads: (count: number) => void;
}

/** The pictures of all variants, while they are the same, or of one. */
export const Pictures = ({ isReadOnly, onUploads }: PicturesProps): ReactNode => {
  const { t } = useTranslation();
  const { control, getValues, setValue } = useFormContext<ProductValues>();
  const variants = useWatch({ control, name: 'variants' });
  const [first, ...others] = variants.map(({ pictures }) => pictures);
  const areSame = others.every((pictures) => isSame(pictures, first ?? []));
  const [chosen, setChosen] = useState(ALL);
  // Rows are numbered: a new one has no SKU yet.
  const scope = chosen === ALL ? (areSame ? ALL : '0') : variants[Number(chosen)] ? chosen : '0';
  const pictures = (scope === ALL ? first : variants[Number(scope)]?.pictures) ?? [];

  const write = (next: PictureValues[], rows = scope): void =>
    getValues('variants').forEach((_, index) => {
      if (rows === ALL || rows === String(index))
        setValue(`variants.${index}.pictures`, next, { shouldDirty: true });
    });
  /** As they are now: an upload may take a while. */
  const current = (rows: string): PictureValues[] =>
    getValues('variants')[rows === ALL ? 0 : Number(rows)]?.pictures ?? [];

  return (
    <Panel
      title={t('product.pictures')}
      aside={
        variants.length > 1 && (
          <Group gap="xs">
            {!areSame && !isReadOnly && (
              <Button variant="subtle" size="compact-sm" onClick={() => write(pictures, ALL)}>
                {t('product.picturesForAll')}
              </Button>
            )}
            <NativeSelect
              size="xs"
              aria-label={t('product.picturesOf')}
              value={scope}
              onChange={({ currentTarget: { value } }) => setChosen(value)}
              data={[
                ...(areSame ? [{ value: ALL, label: t('product.allVariants') }] : []),
                ...variants.map(({ sku }, index) => ({
                  value: String(index),
                  label: sku || t('product.variantNumber', { number: index + 1 }),
                })),
              ]}
            />
          </Group>
        )
      }
    >
      <Stack gap="sm">
        <Strip pictures={pictures} isReadOnly={isReadOnly} write={write} />
        {!isReadOnly && pictures.length < MOST && (
          <Suspense>
            <Uploader
              onUploads={onUploads}
              add={(picture) => write([...current(scope), picture].slice(0, MOST))}
            />
          </Suspense>
        )}
      </Stack>
    </Panel>
  );
};

interface StripProps {
  readonly pictures: readonly PictureValues[];
  readonly isReadOnly: boolean;
  readonly write: (next: PictureValues[]) => void;
}

const Strip = ({ pictures, isReadOnly, write }: StripProps): ReactNode => {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number>();
  const [said, setSaid] = useState('');
  const move = (from: number, to: number): void => {
    if (from === to || to < 0 || to >= pictures.length) return;
    write(moved(pictures, from, to));
    setSaid(t('product.pictureMoved', { at: to + 1, of: pictures.length }));
  };
  return (
    <>
      <Box component="ol" className="pictures" aria-label={t('product.pictures')}>
        {pictures.map((picture, index) => (
          <Box
            component="li"
            // The same picture may be there twice.
            key={`${picture.url} ${pictures.slice(0, index).filter(({ url }) => url === picture.url).length}`}
            draggable={!isReadOnly}
            data-dragged={dragged === index || undefined}
            onDragStart={() => setDragged(index)}
            onDragEnd={() => setDragged(undefined)}
            onDragOver={(event) => {
              if (dragged !== undefined) event.preventDefault();
            }}
            onDrop={(event) => {
              event.preventDefault();
              if (dragged !== undefined) move(dragged, index);
            }}
          >
            <Picture url={picture.url} alt={picture.alt} size={112} />
            {!isReadOnly && (
              <>
                <Group gap={4} justify="space-between" wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === 0}
                    onClick={() => move(index, index - 1)}
                    aria-label={t('product.pictureEarlier', { number: index + 1 })}
                  >
                    <IconArrowLeft size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    onClick={() => write(pictures.filter((_, at) => at !== index))}
                    aria-label={t('product.pictureRemove', { number: index + 1 })}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={index === pictures.length - 1}
                    onClick={() => move(index, index + 1)}
                    aria-label={t('product.pictureLater', { number: index + 1 })}
                  >
                    <IconArrowRight size={16} />
                  </ActionIcon>
                </Group>
                <TextInput
                  size="xs"
                  aria-label={t('product.pictureText', { number: index + 1 })}
                  placeholder={t('product.pictureTextHint')}
                  maxLength={MOST_ALT}
                  value={picture.alt}
                  onChange={({ currentTarget: { value: alt } }) =>
                    write(pictures.map((one, at) => (at === index ? { ...one, alt } : one)))
                  }
                />
              </>
            )}
          </Box>
        ))}
      </Box>
      <span className="visually-hidden" aria-live="polite">
        {said}
      </span>
    </>
  );
};
