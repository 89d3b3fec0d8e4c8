/** Reports too many or too large files before they are sent. The server decides. */
export const pictures = (element: HTMLElement): void => {
  if (!(element instanceof HTMLInputElement)) return;
  const { form } = element;
  const { most, mostBytes, tooMany = '', tooLarge = '' } = element.dataset;
  const check = (): void => {
    const files = [...(element.files ?? [])];
    const kept = form?.querySelectorAll('input[name="keep"]:checked').length ?? 0;
    const isLarge = files.some(({ size }) => size > Number(mostBytes));
    const isMuch = files.length + kept > Number(most);
    element.setCustomValidity((isLarge && tooLarge) || (isMuch && tooMany) || '');
  };
  form?.addEventListener('change', check);
};
