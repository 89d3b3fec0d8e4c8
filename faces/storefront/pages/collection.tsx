import type { CollectionPage } from '#contracts/pages/storefront.ts';
import { Paging } from '../components/parts.tsx';
import { ProductGrid } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

export const Collection = ({ page, t }: { page: CollectionPage; t: Translate }) => (
  <>
    <div class="listing-head">
      <h1>{page.name}</h1>
    </div>
    {page.description !== '' && <p class="lead">{page.description}</p>}
    <div data-island="report" data-from="category">
      {page.products.length === 0 ? (
        <p class="empty">{t('nothing_found')}</p>
      ) : (
        <ProductGrid products={page.products} t={t} firstRow={4} heading="h2" />
      )}
      <Paging page={page} t={t} />
    </div>
  </>
);
