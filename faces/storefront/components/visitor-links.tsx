import type { Visitor } from '#contracts/pages/storefront.ts';
import type { Translate } from '../locales/texts.ts';
import { AccountIcon, CartIcon } from './icons.tsx';

/** Account and cart; without a visitor, as all visitors may see them. */
export const VisitorLinks = ({ visitor, t }: { visitor: Visitor | undefined; t: Translate }) => {
  const count = visitor?.cartCount ?? 0;
  const name = visitor?.name?.split(' ')[0];
  return (
    <>
      <a class="visitor-link" href="/account">
        <AccountIcon />
        <span class="visitor-text">{name ?? t('account')}</span>
      </a>
      <a class="visitor-link" href="/cart">
        <CartIcon />
        <span class="visitor-text">{t('cart')}</span>
        {count > 0 && (
          <span class="badge">
            <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
            <span class="visually-hidden">{t('cart_count', { count })}</span>
          </span>
        )}
      </a>
    </>
  );
};
