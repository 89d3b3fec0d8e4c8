/** Tells the shop what happens here, in the background; the page waits for nothing. A beacon could not say whose session counts. */
export const send = (fact: object): void => {
  if (!('randomUUID' in crypto)) return; // a page without TLS
  const facts = [{ id: crypto.randomUUID(), at: new Date(), ...fact }];
  void fetch('/api/v1/behaviour', {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json', 'x-shop-client': 'shop' },
    body: JSON.stringify({ facts }),
  }).catch(() => undefined);
};

let told: string | undefined;

/** As `BehaviourSource` in `analytics.yaml`. */
interface Source {
  readonly kind: string;
  readonly query?: string | undefined;
  readonly list_id?: string | undefined;
  readonly position: number;
}

/** Keeps in which list a link is followed, for the page that it leads to. */
export const followed = ({ pathname }: HTMLAnchorElement, from: Source): void =>
  sessionStorage.setItem('from', JSON.stringify({ path: pathname, ...from }));

/** The list in which the link to this page was followed. */
const source = (): Source | undefined => {
  const { path, ...from } = JSON.parse(sessionStorage.getItem('from') ?? '{}') as Source & { path?: string };
  sessionStorage.removeItem('from');
  return path === location.pathname ? from : undefined;
};

let cameFrom: Source | undefined;

/** That the product of this page was added to the cart, and from which list of recommendations it came. */
export const sendAdded = (product_id: FormDataEntryValue | null): void => {
  const { list_id, position } = cameFrom ?? {};
  send({ kind: 'added', product_id, ...(list_id !== undefined && { list_id, position }) });
};

/** A product, a list of products (`data-from` says of which kind), or a step towards an order. */
export const report = (element: HTMLElement): void => {
  const { product, from, query, hits, step, order } = element.dataset;
  const what = product ?? query ?? step;
  // A page that is swapped for another variant or filter is still the same.
  if (product !== undefined && what !== told) {
    cameFrom = source();
    send({ kind: 'viewed', product_id: product, source: cameFrom });
  } else if (query !== undefined && what !== told) send({ kind: 'searched', query, hits: Number(hits) });
  else if (step !== undefined && what !== told) send({ kind: step, order_id: order });
  told = what;
  element.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('.card a') : null;
    const position = [...element.querySelectorAll('.card')].findIndex((card) => card.contains(link)) + 1;
    if (from !== undefined && link) followed(link, { kind: from, query, position });
  });
};
