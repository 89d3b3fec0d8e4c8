import type { HomePage } from '#contracts/pages/storefront.ts';
import { ProductShelf } from '../components/product-shelf.tsx';
import type { Translate } from '../locales/texts.ts';

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
    {page.collections.length > 0 && (
      <section aria-labelledby="collections">
        <h2 id="collections">{t('collections')}</h2>
        <ul class="pills">
          {page.collections.map(({ href, text }) => (
            <li>
              <a class="pill" href={href}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </section>
    )}
    {page.shelves.map((shelf, index) => (
      <ProductShelf shelf={shelf} t={t} firstRow={index === 0 ? 4 : 0} />
    ))}
  </>
);
