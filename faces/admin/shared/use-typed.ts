import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 250;

/**
 * The text of a field whose value is in the URL, which follows when the typing pauses. A value that was not asked for here, such as
 * after Back, replaces the text.
 * @param value as in the URL; empty if there is none
 * @param meant what is asked for by a text, such as without blanks around it
 */
export const useTyped = (
  value: string,
  apply: (value: string) => void,
  meant: (text: string) => string = (text) => text.trim(),
): readonly [text: string, type: (text: string) => void] => {
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  const [seen, setSeen] = useState(value);
  const follow = useDebouncedCallback((next: string) => {
    setAsked(next);
    apply(next);
  }, TYPING_MS);
  if (seen !== value) {
    setSeen(value);
    if (value !== asked) {
      setAsked(value);
      setText(value);
    }
  }
  const type = (next: string): void => {
    setText(next);
    follow(meant(next));
  };
  return [text, type];
};
