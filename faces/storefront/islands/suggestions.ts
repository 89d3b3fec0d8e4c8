const PAUSE_MS = 150;

interface Suggestions {
  readonly queries: readonly string[];
  readonly products: readonly { readonly name: string }[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
}

/** Completes what is typed into the search field. */
export const suggestions = (element: HTMLElement): void => {
  const input = element.querySelector('input');
  const list = element.querySelector('datalist');
  if (!input || !list) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) return;
    timer = setTimeout(() => void suggest(text, list), PAUSE_MS);
  });
};

const suggest = async (text: string, list: HTMLDataListElement): Promise<void> => {
  const query = new URLSearchParams([['q', text]]);
  const response = await fetch(`/api/v1/search/suggestions?${query.toString()}`).catch(() => undefined);
  if (response?.ok !== true) return;
  const { queries, products, categories, brands } = (await response.json()) as Suggestions;
  const texts = [...queries, ...categories, ...brands, ...products.map(({ name }) => name)];
  list.replaceChildren(...[...new Set(texts)].map((one) => new Option(one)));
};
