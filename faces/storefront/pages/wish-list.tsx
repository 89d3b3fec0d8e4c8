import type { WishListPage } from '#contracts/pages/storefront.ts';
import { AccountFrame, Action } from '../components/account-frame.tsx';
import { ProductCard } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

export const WishList = ({ page, t }: { page: WishListPage; t: Translate }) => (
  <AccountFrame place="/account/wish-list" heading={t('wish-list')} notice={page.notice} t={t}>
    {page.wishes.length === 0 && <p>{t('no_wishes')}</p>}
    <ul class="grid">
      {page.wishes.map(({ productId, product }, index) => (
        <li class="card">
          {product ? (
            <ProductCard product={product} isFirst={index === 0} heading="h2" t={t} />
          ) : (
            <p class="quiet">{t('wish_gone')}</p>
          )}
          <Action
            action={`/account/wish-list/${productId}/remove`}
            text={t('remove')}
            {...(product ? { label: t('remove_item', { name: product.name }) } : {})}
          />
        </li>
      ))}
    </ul>
    {page.nextHref !== undefined && (
      <nav class="paging">
        <a class="button secondary" href={page.nextHref}>
          {t('more_wishes')}
        </a>
      </nav>
    )}
  </AccountFrame>
);
