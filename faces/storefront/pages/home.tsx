import type { HomePage } from '#contracts/pages/storefront.ts';
import { ProductGrid } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

const SHELVES = {
  best_selling: 'shelf_best_selling',
  newest: 'shelf_newest',
  rating: 'shelf_rating',
} as const;

export const Home = ({ page, t }: { page: HomePage; t: Translate }) => (
  <>
    <section class="hero">
      <h1>{t('tagline')}</h1>
      <p>{t('lead')}</p>
    </section>
    <section aria-labelledby="categories">
      <h2 id="categories">{t('shop_by_category')}</h2>
      <ul class="tiles">
        {page.categories.map(({ href, text, count }) => (
          <li>
            <a class="tile" href={href}>
              <span class="tile-name">{text}</span>
              <span class="tile-count">
                {count === 1 ? t('product_count') : t('products_count', { count })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
    {page.shelves
      .filter(({ products }) => products.length > 0)
      .map(({ name, href, products }, index) => (
        <section aria-labelledby={name}>
          <div class="section-head">
            <h2 id={name}>{t(SHELVES[name])}</h2>
            <a href={href}>
              {t('see_all')}
              <span class="visually-hidden">: {t(SHELVES[name])}</span>
            </a>
          </div>
          <ProductGrid products={products} t={t} firstRow={index === 0 ? 4 : 0} heading="h3" />
        </section>
      ))}
  </>
);
