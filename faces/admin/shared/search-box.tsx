import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useKeys } from './keys.ts';
import { useTyped } from './use-typed.ts';

interface SearchBoxProps {
  readonly label: string;
  /** What is searched for now, as in the URL. */
  readonly value: string | undefined;
  readonly onSearch: (words: string | undefined) => void;
}

/** Searches while one types; the key `/` leads here. */
export const SearchBox = ({ label, value = '', onSearch }: SearchBoxProps): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const [text, type] = useTyped(value, (words) => onSearch(words === '' ? undefined : words));
  useKeys({ '/': () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      type="search"
      flex={{ base: '1 0 100%', sm: 1 }}
      miw={200}
      maw={{ sm: 420 }}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      placeholder={label}
      aria-label={label}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} />}
    />
  );
};
