import { ActionIcon, Box, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { moved } from './moved.ts';
import { suggestionsQuery } from './products-query.ts';
import './texts.ts';
import { useNames } from './use-names.ts';

const TYPING_MS = 250;

/** Each has its name fetched. */
const SHOWN = 50;

interface OrderedProductsProps {
  readonly label: string;
  /** IDs, in their order. */
  readonly products: readonly string[];
  readonly change: (products: string[]) => void;
  readonly isReadOnly: boolean;
  readonly most: number;
  /** Cannot be added. */
  readonly leftOut?: string | undefined;
}

/** Products that staff choose and put in an order. */
export const OrderedProducts = ({
  label,
  products,
  change,
  isReadOnly,
  most,
  leftOut,
}: OrderedProductsProps): ReactNode => {
  const { t } = useTranslation();
  const [count, setCount] = useState(SHOWN);
  const shown = products.slice(0, count);
  const nameOf = useNames(shown);
  const move = (from: number, to: number): void => {
    if (to >= 0 && to < products.length) change(moved(products, from, to));
  };
  return (
    <>
      <Box component="ol" aria-label={label} style={{ margin: 0, padding: 0 }}>
        {shown.map((id, index) => {
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
                    disabled={index === products.length - 1}
                    onClick={() => move(index, index + 1)}
                    aria-label={t('product.relatedLater', { name })}
                  >
                    <IconArrowDown size={16} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    onClick={() => change(products.filter((_, at) => at !== index))}
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
      {products.length > count && (
        <Button variant="subtle" size="compact-sm" onClick={() => setCount(count + SHOWN)}>
          {t('act.showMore')}
        </Button>
      )}
      {!isReadOnly && products.length < most && (
        <Picker
          isLeftOut={(id) => id === leftOut || products.includes(id)}
          pick={(id) => {
            setCount(Math.max(count, products.length + 1));
            change([...products, id]);
          }}
        />
      )}
    </>
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
