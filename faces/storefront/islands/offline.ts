/** A browser may say that it is offline although it reaches the shop, as in a network without the Internet. */
const isReachable = async (): Promise<boolean> => {
  const response = await fetch('/robots.txt', { cache: 'no-store' }).catch(() => undefined);
  return response?.ok === true;
};

/** Sends no form without a connection: the browser would show an error in place of what was entered. */
export const offline = (element: HTMLElement): void => {
  let isSending = false;
  const send = async (form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> => {
    element.hidden = await isReachable();
    if (!element.hidden) {
      element.scrollIntoView({ block: 'nearest' });
      return;
    }
    isSending = true;
    form.requestSubmit(submitter);
    isSending = false;
  };
  addEventListener('online', () => {
    element.hidden = true;
  });
  // Before any other island sees it.
  addEventListener(
    'submit',
    (event) => {
      if (navigator.onLine || isSending || !(event.target instanceof HTMLFormElement)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void send(event.target, event.submitter);
    },
    { capture: true },
  );
};
