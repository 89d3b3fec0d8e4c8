/** The token in the fragment of a mail's link, taken out of the address. */
export const tokenOfLink = (): string | undefined => {
  const token = /^#token=([\w.-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return token;
};

/** Fills in the token, and hides what is not needed with it. */
export const mailToken = (element: HTMLElement): void => {
  const field = element.querySelector<HTMLInputElement>('input[name="token"]');
  if (!field) return;
  fillIn(element, field);
  // The link was followed in the tab that shows the page already.
  addEventListener('hashchange', () => fillIn(element, field));
};

const fillIn = (element: HTMLElement, field: HTMLInputElement): void => {
  const token = tokenOfLink();
  if (token === undefined) return;
  field.value = token;
  for (const needless of [field.closest('.field'), document.getElementById('without-token')])
    needless?.setAttribute('hidden', '');
  const details = element.closest('details');
  details?.querySelector('summary')?.setAttribute('hidden', '');
  details?.setAttribute('open', '');
  element.querySelector<HTMLElement>('input[type="password"], button')?.focus();
};
