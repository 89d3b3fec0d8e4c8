import type { CollectionPage } from '#contracts/pages/storefront.ts';
import { Paging } from '../components/parts.tsx';
import { Picture, ProductGrid } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

const SIZES = '(min-width: 76rem) 76rem, 94vw';

export const Collection = ({ page, t }: { page: CollectionPage; t: Translate }) => (
  <>
    {page.picture && (
      <div class="banner">
        <Picture picture={page.picture} isFirst sizes={SIZES} />
      </div>
    )}
    <div class="listing-head">
      <h1>{page.name}</h1>
    </div>
    {page.description !== '' && <p class="lead">{page.description}</p>}
    <div data-island="report" data-from="category">
      {page.products.length === 0 ? (
        <p class="empty">{t('nothing_found')}</p>
      ) : (
        <ProductGrid products={page.products} t={t} firstRow={page.picture ? 0 : 4} heading="h2" />
      )}
      <Paging page={page} t={t} />
    </div>
  </>
);
