import { swap } from './swap.ts';

/** Names and values as the browser would send them; no form here has files. */
export const fieldsOf = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));

const addressOf = (form: HTMLFormElement): string => {
  const fields = fieldsOf(form).filter(([, value]) => value !== '');
  return `${new URL(form.action).pathname}?${new URLSearchParams(fields).toString()}`;
};

/** Where a list has a column for its filters. */
const WIDE = matchMedia('(min-width: 60rem)');

/** A form of choices: each takes effect at once. */
export const filters = (element: HTMLElement): void => {
  if (!(element instanceof HTMLFormElement)) return;
  for (const details of element.querySelectorAll('details')) details.open ||= WIDE.matches;
  const show = (): void => {
    if (element.reportValidity()) void swap(addressOf(element));
  };
  element.addEventListener('change', show);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
  });
};

/** A form that is posted when a field has changed. */
export const autoSubmit = (element: HTMLElement): void => {
  element.addEventListener('change', () => {
    if (element instanceof HTMLFormElement && element.reportValidity()) element.requestSubmit();
  });
};

/** A form that is posted once, however often its button is pressed. */
export const once = (element: HTMLElement): void => {
  let isSent = false;
  element.addEventListener('submit', (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
    element.querySelector('button')?.setAttribute('aria-disabled', 'true');
  });
  // The page may be shown again as it was left.
  addEventListener('pageshow', () => {
    isSent = false;
    element.querySelector('button')?.removeAttribute('aria-disabled');
  });
};
