import type { ShelfView } from '#contracts/pages/storefront.ts';
import type { Key, Translate } from '../locales/texts.ts';
import { ProductGrid } from './product-grid.tsx';

const TITLES = {
  best_selling: 'shelf_best_selling',
  newest: 'shelf_newest',
  related: 'shelf_related',
  similar: 'shelf_similar',
} as const satisfies Record<ShelfView['name'], Key>;

const REASONS: Readonly<Partial<Record<ShelfView['name'], Key>>> = {
  related: 'shelf_goes_with',
  similar: 'shelf_of_category',
};

interface Props {
  readonly shelf: ShelfView;
  readonly t: Translate;
  /** Pictures that are loaded at once. */
  readonly firstRow?: number;
}

/** Products with a title, the reason why they are shown, and the way to more of them. */
export const ProductShelf = ({ shelf, t, firstRow = 0 }: Props) => {
  const { name, reason, href, products } = shelf;
  if (products.length === 0) return null;
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
