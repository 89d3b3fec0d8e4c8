import type { ChosenFilter, FacetView, ListingPage } from '#contracts/pages/storefront.ts';
import { Breadcrumbs, Paging } from '../components/parts.tsx';
import { ProductGrid, Stars } from '../components/product-grid.tsx';
import type { Key, Translate } from '../locales/texts.ts';

interface Props {
  readonly page: ListingPage;
  readonly t: Translate;
}

const countText = (count: number, t: Translate): string =>
  count === 1 ? t('product_count') : t('products_count', { count });

const headingOf = ({ category, query }: ListingPage, t: Translate): string => {
  if (category) return query === '' ? category.name : `${category.name}: ${query}`;
  return query === '' ? t('all_products') : t('results_for', { query });
};

export const Listing = ({ page, t }: Props) => (
  <>
    {page.breadcrumbs.length > 0 && <Breadcrumbs links={page.breadcrumbs} t={t} />}
    <div class="listing-head">
      <h1>{headingOf(page, t)}</h1>
      <p class="quiet">{countText(page.total, t)}</p>
    </div>
    {page.category && page.category.description !== '' && <p class="lead">{page.category.description}</p>}
    {page.match !== 'exact' && page.total > 0 && (
      <p class="notice">{t(page.match === 'corrected' ? 'match_corrected' : 'match_partial')}</p>
    )}
    {page.subcategories.length > 0 && (
      <ul class="pills">
        {page.subcategories.map(({ href, text, count }) => (
          <li>
            <a class="pill" href={href}>
              {text} <span class="quiet">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    )}
    <div class="listing">
      <Filters page={page} t={t} />
      <div
        class="listing-products"
        data-island="report"
        data-from={page.query === '' ? 'category' : 'search'}
        data-query={page.query === '' ? undefined : page.query.slice(0, 200)}
        data-hits={page.total}
      >
        <Chosen chosen={page.chosen} t={t} />
        {page.products.length === 0 ? (
          <div class="empty">
            <p>
              <strong>{t('nothing_found')}</strong>
            </p>
            <p>{t('nothing_hint')}</p>
          </div>
        ) : (
          <ProductGrid products={page.products} t={t} firstRow={4} heading="h2" />
        )}
        <Paging page={page} t={t} />
      </div>
    </div>
  </>
);

const chosenText = ({ field, text }: ChosenFilter, t: Translate): string => {
  if (field === 'rating') return t('rating_at_least', { text });
  if (field === 'in_stock') return t('in_stock');
  return field === 'price' ? `${t('price')}: ${text}` : text;
};

const Chosen = ({ chosen, t }: { chosen: readonly ChosenFilter[]; t: Translate }) =>
  chosen.length === 0 ? null : (
    <ul class="pills">
      {chosen.map((one) => (
        <li>
          <a
            class="pill chosen"
            href={one.href}
            data-swap
            aria-label={t('remove_filter', { text: chosenText(one, t) })}
          >
            {chosenText(one, t)} <span aria-hidden="true">✕</span>
          </a>
        </li>
      ))}
    </ul>
  );

/** A form that works without a script; with one, each choice shows its products at once. */
const Filters = ({ page, t }: Props) => (
  <form class="filters" action="/search" data-island="filters">
    {page.query !== '' && <input type="hidden" name="q" value={page.query} />}
    {page.category && <input type="hidden" name="category" value={page.category.slug} />}
    <div class="field sort">
      <label for="sort">{t('sort')}</label>
      <select id="sort" name="sort">
        {page.sorts.map((sort) => (
          <option value={sort} selected={sort === page.sort}>
            {t(`sort_${sort}` as Key)}
          </option>
        ))}
      </select>
    </div>
    <details class="facets" open={page.chosen.length > 0}>
      <summary>{t('filters')}</summary>
      <div class="facets-body">
        <label class="choice">
          <input type="checkbox" name="in_stock" value="true" checked={page.isInStockOnly} />
          <span>{t('in_stock_only')}</span>
        </label>
        {page.facets.map((facet) => (
          <Facet facet={facet} t={t} />
        ))}
        <fieldset>
          <legend>{t('price')}</legend>
          <div class="range">
            <input
              name="min_price"
              inputMode="decimal"
              value={page.price.min}
              placeholder={page.price.lowest}
              aria-label={t('price_min')}
              pattern="[0-9]{1,9}(\.[0-9]{1,2})?"
              autocomplete="off"
            />
            <span aria-hidden="true">–</span>
            <input
              name="max_price"
              inputMode="decimal"
              value={page.price.max}
              placeholder={page.price.highest}
              aria-label={t('price_max')}
              pattern="[0-9]{1,9}(\.[0-9]{1,2})?"
              autocomplete="off"
            />
          </div>
        </fieldset>
      </div>
    </details>
    <button type="submit" class="button secondary">
      {t('apply')}
    </button>
  </form>
);

const Facet = ({ facet, t }: { facet: FacetView; t: Translate }) => (
  <fieldset>
    <legend>{facet.name ?? t(facet.field === 'rating' ? 'rating' : 'brand')}</legend>
    {facet.values.map(({ value, text, count, isChosen }) => (
      <label class="choice">
        <input
          type={facet.field === 'rating' ? 'radio' : 'checkbox'}
          name={facet.field}
          value={value}
          checked={isChosen}
        />
        {facet.field === 'rating' ? (
          <Stars stars={Number(text)} label={t('rating_at_least', { text })} />
        ) : (
          <span>{text}</span>
        )}
        <span class="quiet">{count}</span>
      </label>
    ))}
  </fieldset>
);
