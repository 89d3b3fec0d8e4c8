let beginAgain: (root: ParentNode) => void = () => undefined;

const fetchPage = async (url: string): Promise<Document | undefined> => {
  const response = await fetch(url, { headers: { accept: 'text/html' } });
  const isPage = response.ok && response.headers.get('content-type')?.startsWith('text/html') === true;
  return isPage ? new DOMParser().parseFromString(await response.text(), 'text/html') : undefined;
};

let latest = 0;

const pathOf = ({ pathname, search }: Location): string => pathname + search;

/** The page that is shown. */
let shown = pathOf(location);

/**
 * Shows the content of another page in this one, with the focus where it was. If that is not possible, the browser goes there.
 * @param isNew whether it is a step that Back undoes
 */
export const swap = async (url: string, isNew = true): Promise<void> => {
  const main = document.querySelector('main');
  const turn = (latest += 1);
  main?.classList.add('busy');
  const page = await fetchPage(url).catch(() => undefined);
  if (turn !== latest) return; // a later choice counts
  const next = page?.querySelector('main');
  if (!main || !page || !next) {
    location.assign(url);
    return;
  }
  const focused = document.activeElement;
  const kept = [...main.querySelectorAll('details')].map(({ open }) => open);
  const again = focused && main.contains(focused) ? selectorOf(focused) : undefined;
  main.replaceWith(next);
  document.title = page.title;
  if (isNew) history.pushState(null, '', url);
  shown = pathOf(location);
  for (const [index, details] of [...next.querySelectorAll('details')].entries())
    details.open ||= kept[index] === true;
  if (again !== undefined) next.querySelector<HTMLElement>(again)?.focus({ preventScroll: true });
  beginAgain(next);
};

/** The same control in the next page. */
const selectorOf = (element: Element): string | undefined => {
  if (element.id !== '') return `#${CSS.escape(element.id)}`;
  const name = element.getAttribute('name');
  const value = element.getAttribute('value');
  if (name !== null)
    return `[name="${CSS.escape(name)}"]${value === null ? '' : `[value="${CSS.escape(value)}"]`}`;
  const href = element.getAttribute('href');
  return href === null ? undefined : `a[href="${CSS.escape(href)}"]`;
};

/** Links with `data-swap` change the content only. `begin` is called with each new one. */
export const onSwap = (begin: (root: ParentNode) => void): void => {
  beginAgain = begin;
  document.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-swap]') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented) return;
    event.preventDefault();
    void swap(link.href);
  });
  addEventListener('popstate', () => {
    if (pathOf(location) !== shown) void swap(location.href, false); // a link to a fragment of the page comes here as well
  });
};
