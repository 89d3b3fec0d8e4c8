/** Says that there is no connection, and posts no form meanwhile: the browser would show an error in place of what was entered. */
export const offline = (element: HTMLElement): void => {
  const show = (): void => {
    element.hidden = navigator.onLine;
  };
  addEventListener('online', show);
  addEventListener('offline', show);
  // Before any other island sees it.
  addEventListener(
    'submit',
    (event) => {
      show();
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      element.scrollIntoView({ block: 'nearest' });
    },
    { capture: true },
  );
  show();
};
