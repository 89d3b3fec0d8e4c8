import { useEffect, useRef } from 'react';

/** What a key does, by name: a character, such as `?`, or a sequence, such as `g o`. */
export type Keys = Readonly<Record<string, () => void>>;

const SEQUENCE_MS = 1_000;

export interface Press {
  readonly key: string;
  /** Milliseconds. */
  readonly at: number;
}

/** The name in `keys` that the presses end with. */
export const pressed = (keys: Keys, earlier: Press | undefined, { key, at }: Press): string | undefined => {
  const sequence = earlier && at - earlier.at < SEQUENCE_MS ? `${earlier.key} ${key}` : undefined;
  return [sequence, key].find((name) => name !== undefined && name in keys);
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest('input, textarea, select, [role=grid], [role=dialog]') !== null);

/** Keys of a page: not while typing, in a dialog, or with a modifier. */
export const useKeys = (keys: Keys): void => {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    let earlier: Press | undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target))
        return;
      const press = {
        key: event.key.length === 1 ? event.key.toLowerCase() : event.key,
        at: event.timeStamp,
      };
      const name = pressed(current.current, earlier, press);
      earlier = press;
      if (name === undefined) return;
      event.preventDefault();
      current.current[name]?.();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
};
