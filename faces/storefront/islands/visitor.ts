/** Loads what the header says to this visitor, into a page that all visitors share. */
export const showVisitor = async (): Promise<void> => {
  const place = document.querySelector('.visitor');
  const response = await fetch('/parts/header').catch(() => undefined);
  if (place && response?.ok === true && !response.redirected) place.innerHTML = await response.text();
};

/** Says something to those who cannot see it. */
export const announce = (text: string): void => {
  const place = document.getElementById('announcement');
  if (place) place.textContent = text;
};
