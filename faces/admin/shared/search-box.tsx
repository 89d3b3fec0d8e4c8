import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useKeys } from './keys.ts';

const SEARCH_MS = 250;

interface SearchBoxProps {
  readonly label: string;
  /** What is searched for now, as in the URL. */
  readonly value: string | undefined;
  readonly onSearch: (words: string | undefined) => void;
}

/** Searches while one types; the key `/` leads here. Another `value` than what was asked for replaces what is typed. */
export const SearchBox = ({ label, value, onSearch }: SearchBoxProps): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value ?? '');
  const [asked, setAsked] = useState(value);
  const [seen, setSeen] = useState(value);
  const search = useDebouncedCallback((words: string | undefined) => {
    setAsked(words);
    onSearch(words);
  }, SEARCH_MS);
  useKeys({ '/': () => input.current?.focus() });
  if (seen !== value) {
    setSeen(value);
    if (value !== asked) {
      setAsked(value);
      setText(value ?? '');
    }
  }
  return (
    <TextInput
      ref={input}
      type="search"
      flex={{ base: '1 0 100%', sm: 1 }}
      miw={200}
      maw={{ sm: 420 }}
      value={text}
      onChange={({ currentTarget: { value: next } }) => {
        setText(next);
        search(next.trim() === '' ? undefined : next.trim());
      }}
      placeholder={label}
      aria-label={label}
      aria-keyshortcuts="/"
      leftSection={<IconSearch size={16} />}
    />
  );
};
