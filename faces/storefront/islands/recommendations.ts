import type { Schemas } from '#client/index.ts';
import { followed, send } from './report.ts';

type Recommendations = Schemas['Recommendations'];

/** Fewer products make no list. */
const LEAST = 3;
/** At least a row is asked for, and as many as the page shows in their place. */
const ROW = 4;

/** Strategies for visitors about whom nothing is known. The page shows what is popular already. */
const ADDS_NOTHING = /^(?:fallback|popular)/;

/** Of the list, in view: then it has been shown. */
const SEEN = 0.25;

/** A list of recommendations takes the place of what all visitors see. Without one, the page stays as it is. */
export const recommendations = (place: HTMLElement): void => {
  const begin = (): void => void show(place).catch(() => undefined);
  // After the pictures that are seen first.
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
};

const show = async (place: HTMLElement): Promise<void> => {
  const { list = '', about } = place.dataset;
  const limit = String(Math.max(ROW, place.querySelectorAll('.card').length));
  const query = new URLSearchParams({ list, limit, ...(about !== undefined && { product_id: about }) });
  const response = await fetch(`/api/v1/recommendations?${query.toString()}`, {
    headers: { 'x-shop-client': 'shop' },
  });
  const found = response.ok ? ((await response.json()) as Recommendations) : undefined;
  if (!found || ADDS_NOTHING.test(found.strategy) || found.items.length < LEAST) return;
  const html = await shelfOf(found, about);
  if (html !== undefined && html !== '' && replace(place, html)) report(place, found);
};

/** The list as the server renders it. */
const shelfOf = async (
  { list, items }: Recommendations,
  about: string | undefined,
): Promise<string | undefined> => {
  const query = new URLSearchParams({ list });
  if (about !== undefined) query.set('product', about);
  for (const { product_id: id, reason } of items)
    query.append(
      'item',
      [id, reason.code, ...(reason.product_id === undefined ? [] : [reason.product_id])].join('.'),
    );
  const response = await fetch(`/parts/shelf?${query.toString()}`);
  return response.ok ? response.text() : undefined;
};

/** Not if it would move what the visitor sees below it. */
const replace = (place: HTMLElement, html: string): boolean => {
  const before = [...place.childNodes];
  const { height, bottom } = place.getBoundingClientRect();
  const isEndSeen = bottom < innerHeight;
  if (isEndSeen) place.style.minHeight = `${height}px`;
  place.innerHTML = html;
  const fits = !isEndSeen || place.getBoundingClientRect().height <= height;
  if (!fits) place.replaceChildren(...before);
  return fits;
};

/** That it was shown, once it is in view, and which of its products are followed. */
const report = (place: HTMLElement, found: Recommendations): void => {
  const { list_id, strategy, model_version, bucket } = found;
  const items = found.items.map(({ product_id, position, propensity }) => ({
    product_id,
    position,
    propensity,
  }));
  const itemOf = (link: HTMLAnchorElement) =>
    items.find(({ product_id }) => link.pathname.includes(product_id));
  const seen = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting !== true) return;
      seen.disconnect();
      send({
        kind: 'shown',
        list_id,
        placement: place.dataset['placement'],
        strategy,
        model_version,
        bucket,
        items,
      });
    },
    { threshold: SEEN },
  );
  seen.observe(place);
  place.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('.card a') : null;
    const item = link && itemOf(link);
    if (!item) return;
    const { product_id, position } = item;
    send({ kind: 'clicked', list_id, product_id, position });
    followed(link, { kind: 'recommendation', list_id, position });
  });
};
