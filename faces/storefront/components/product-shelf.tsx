import type { ShelfView } from '#contracts/pages/storefront.ts';
import type { Key, Translate } from '../locales/texts.ts';
import { ProductGrid } from './product-grid.tsx';

const TITLES = {
  best_selling: 'shelf_best_selling',
  newest: 'shelf_newest',
  related: 'shelf_related',
  similar: 'shelf_similar',
  for_you: 'shelf_for_you',
  bought_together: 'shelf_bought_together',
} as const satisfies Record<ShelfView['name'], Key>;

const REASONS: Readonly<Partial<Record<ShelfView['name'], Key>>> = {
  related: 'shelf_goes_with',
  similar: 'shelf_of_category',
  bought_together: 'shelf_goes_with',
};

interface Props {
  readonly shelf: ShelfView;
  readonly t: Translate;
  /** Pictures that are loaded at once. */
  readonly firstRow?: number;
}

/** Products with a title, the reason why they are shown, and the way to more of them; a list of recommendations may take their place. */
export const ProductShelf = ({ shelf, t, firstRow = 0 }: Props) => {
  const { list, products } = shelf;
  const section = products.length === 0 ? null : <Shelf shelf={shelf} t={t} firstRow={firstRow} />;
  if (!list) return section;
  return (
    <div
      class="place"
      data-island="recommendations"
      data-list={list.list}
      data-placement={list.placement}
      data-about={list.productId}
    >
      {section}
    </div>
  );
};

const Shelf = ({ shelf: { name, reason, href, products }, t, firstRow }: Required<Props>) => {
  const title = t(TITLES[name]);
  const because = REASONS[name];
  return (
    <section class="shelf" aria-labelledby={name}>
      <div class="section-head">
        <div>
          <h2 id={name}>{title}</h2>
          {reason !== undefined && because && <p class="quiet">{t(because, { reason })}</p>}
        </div>
        {href !== undefined && (
          <a href={href}>
            {t('see_all')}
            <span class="visually-hidden">: {title}</span>
          </a>
        )}
      </div>
      <ProductGrid products={products} t={t} firstRow={firstRow} heading="h3" />
    </section>
  );
};
