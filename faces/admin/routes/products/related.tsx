import { ActionIcon, Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../shared/page.tsx';
import { moved } from './moved.ts';
import { MOST_RELATED, type ProductValues } from './product-form.ts';
import { suggestionsQuery } from './products-query.ts';
import { useNames } from './use-names.ts';

const TYPING_MS = 250;

interface RelatedProps {
  /** The product itself; undefined while it is new. */
  readonly productId: string | undefined;
  readonly isReadOnly: boolean;
}

/** Other products to show with this one, in order. */
const Related = ({ productId, isReadOnly }: RelatedProps): ReactNode => {
  const { t } = useTranslation();
  const { control } = useFormContext<ProductValues>();
  const {
    field: { value: related, onChange },
  } = useController({ control, name: 'related' });
  const nameOf = useNames(related);
  const move = (from: number, to: number): void => {
    if (to >= 0 && to < related.length) onChange(moved(related, from, to));
  };
  return (
    <Panel title={t('product.related')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('product.relatedHint')}
        </Text>
        <Box component="ol" aria-label={t('product.related')} style={{ margin: 0, padding: 0 }}>
          {related.map((id, index) => {
            const name = nameOf(id);
            return (
              <Group key={id} component="li" gap={4} wrap="nowrap">
                <Text size="sm" flex={1} className="cut" title={name}>
                  {name}
                </Text>
                {!isReadOnly && (
                  <>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={index === 0}
                      onClick={() => move(index, index - 1)}
                      aria-label={t('product.relatedEarlier', { name })}
                    >
                      <IconArrowUp size={16} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      disabled={index === related.length - 1}
                      onClick={() => move(index, index + 1)}
                      aria-label={t('product.relatedLater', { name })}
                    >
                      <IconArrowDown size={16} />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      onClick={() => onChange(related.filter((_, at) => at !== index))}
                      aria-label={t('product.relatedRemove', { name })}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </>
                )}
              </Group>
            );
          })}
        </Box>
        {!isReadOnly && related.length < MOST_RELATED && (
          <Picker
            isLeftOut={(id) => id === productId || related.includes(id)}
            pick={(id) => onChange([...related, id])}
          />
        )}
      </Stack>
    </Panel>
  );
};

interface PickerProps {
  readonly isLeftOut: (productId: string) => boolean;
  readonly pick: (productId: string) => void;
}

/** Finds products while one types; Enter takes the first. */
const Picker = ({ isLeftOut, pick }: PickerProps): ReactNode => {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), TYPING_MS);
  const { data } = useQuery({ ...suggestionsQuery(asked), enabled: asked !== '' });
  const isTyping = words.trim() === '' || asked !== words.trim();
  const found = isTyping ? [] : (data ?? []).filter(({ product_id: id }) => !isLeftOut(id));
  const take = (productId: string): void => {
    pick(productId);
    setWords('');
  };
  return (
    <>
      <TextInput
        type="search"
        aria-label={t('product.addRelated')}
        placeholder={t('product.addRelated')}
        leftSection={<IconSearch size={16} />}
        value={words}
        onChange={({ currentTarget: { value } }) => setWords(value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault(); // it would save the product
          if (found[0]) take(found[0].product_id);
        }}
      />
      <Stack gap={2} role="group" aria-label={t('product.suggestions')}>
        {found.map(({ product_id: id, name }) => (
          <Button
            key={id}
            variant="subtle"
            size="compact-sm"
            justify="flex-start"
            leftSection={<IconPlus size={14} />}
            onClick={() => take(id)}
          >
            {name}
          </Button>
        ))}
      </Stack>
      <Text size="sm" c="dimmed" aria-live="polite">
        {!isTyping && data && found.length === 0 && t('product.noneFound')}
      </Text>
    </>
  );
};

export default Related;
