import { tokenOfLink } from './mail-token.ts';

/** Opens the order of a guest with the token in the fragment of a mail's link. */
export const orderLink = (element: HTMLElement): void => {
  const field = element.querySelector('input');
  if (!field || !(element instanceof HTMLFormElement)) return;
  const token = tokenOfLink();
  if (token === undefined) return;
  field.value = token;
  element.submit();
};
