import type { CartLineView, CartPage } from '#contracts/pages/storefront.ts';
import { Notice } from '../components/parts.tsx';
import { Picture } from '../components/product-grid.tsx';
import { ProductShelf } from '../components/product-shelf.tsx';
import type { Translate } from '../locales/texts.ts';

interface Props {
  readonly page: CartPage;
  readonly t: Translate;
}

export const Cart = ({ page, t }: Props) => (
  <>
    <h1>{t('your_cart')}</h1>
    <Notice code={page.notice} t={t} />
    {page.lines.length === 0 ? (
      <div class="empty">
        {page.notice !== 'CART_EMPTY' && <p>{t('cart_empty')}</p>}
        <p>
          <a class="button" href="/">
            {t('continue_shopping')}
          </a>
        </p>
      </div>
    ) : (
      <div class="two-columns">
        <ul class="lines">
          {page.lines.map((line) => (
            <Line line={line} t={t} />
          ))}
        </ul>
        <aside class="summary" aria-labelledby="summary">
          <h2 id="summary">{t('your_order')}</h2>
          <dl class="totals">
            <div class="total">
              <dt>{t('subtotal')}</dt>
              <dd>{page.subtotal}</dd>
            </div>
          </dl>
          <p class="quiet">{t('delivery_later')}</p>
          {page.canCheckOut && (
            <a class="button wide" href="/checkout">
              {t('check_out')}
            </a>
          )}
          <p>
            <a href="/">{t('continue_shopping')}</a>
          </p>
        </aside>
      </div>
    )}
    {page.shelves.map((shelf) => (
      <ProductShelf shelf={shelf} t={t} />
    ))}
  </>
);

const Line = ({ line, t }: { line: CartLineView; t: Translate }) => (
  <li class="line">
    <a class="line-picture" href={line.href} tabIndex={-1} aria-hidden="true">
      <Picture picture={line.picture} isFirst sizes="6rem" />
    </a>
    <div class="line-body">
      <a class="line-name" href={line.href}>
        {line.name}
      </a>
      <p class="quiet">
        {line.price} {t('each')}
      </p>
      {!line.isAvailable && <p class="fault">{t('unavailable')}</p>}
      <form class="line-form" method="post" action={`/cart/items/${line.itemId}`} data-island="auto-submit">
        <label class="visually-hidden" for={`quantity-${line.itemId}`}>
          {t('quantity_of', { name: line.name })}
        </label>
        <input
          id={`quantity-${line.itemId}`}
          name="quantity"
          type="number"
          min={0}
          max={99}
          value={line.quantity}
          inputMode="numeric"
          autocomplete="off"
        />
        <button type="submit" class="button small secondary">
          {t('update')}
        </button>
        <button
          type="submit"
          name="remove"
          value="1"
          class="link"
          aria-label={t('remove_item', { name: line.name })}
        >
          {t('remove')}
        </button>
      </form>
    </div>
    <p class="line-total">{line.total}</p>
  </li>
);
