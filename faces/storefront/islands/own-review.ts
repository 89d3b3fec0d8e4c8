/** Loads the visitor's review of the product once it comes into view: the page itself is the same for all visitors. */
export const ownReview = (element: HTMLElement): void => {
  const seen = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting !== true) return;
    seen.disconnect();
    void load(element);
  });
  seen.observe(element);
};

const load = async (element: HTMLElement): Promise<void> => {
  const { product = '' } = element.dataset;
  const response = await fetch(`/parts/reviews/${encodeURIComponent(product)}`).catch(() => undefined);
  if (response?.ok === true && !response.redirected) element.innerHTML = await response.text();
};
