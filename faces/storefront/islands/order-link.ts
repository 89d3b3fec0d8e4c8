/** Opens the order of a guest with the token in the fragment of a mail's link. */
export const orderLink = (element: HTMLElement): void => {
  const token = /^#token=([\w.-]+)$/.exec(location.hash)?.[1];
  const field = element.querySelector('input');
  if (token === undefined || !field || !(element instanceof HTMLFormElement)) return;
  field.value = token;
  history.replaceState(null, '', location.pathname);
  element.submit();
};
