import type { AccountPage } from '#contracts/pages/storefront.ts';
import { AccountNavigation } from '../components/account-frame.tsx';
import { Notice, statusText } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const Account = ({ page, t }: { page: AccountPage; t: Translate }) => (
  <>
    <AccountNavigation place="/account" t={t} />
    <div class="section-head">
      <div>
        <h1>{t('hello', { name: page.name })}</h1>
        <p class="quiet">{page.email}</p>
      </div>
      <form method="post" action="/logout">
        <button type="submit" class="button small secondary">
          {t('log_out')}
        </button>
      </form>
    </div>
    <Notice code={page.notice} t={t} />
    <section aria-labelledby="orders">
      <h2 id="orders">{t('your_orders')}</h2>
      {page.orders.length === 0 ? (
        <div class="empty">
          <p>{t('no_orders')}</p>
          <p>
            <a class="button" href="/">
              {t('continue_shopping')}
            </a>
          </p>
        </div>
      ) : (
        <ul class="orders">
          {page.orders.map(({ href, number, date, status, summary, total }) => (
            <li class="order">
              <div>
                <a class="strong" href={href}>
                  {t('order', { number })}
                </a>
                <p class="quiet">{summary}</p>
              </div>
              <div class="order-facts">
                <span class={`status ${status}`}>{statusText(status, t)}</span>
                <span class="quiet">{date}</span>
                <span class="strong">{total}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
      {page.nextHref !== undefined && (
        <nav class="paging">
          <a class="button secondary" href={page.nextHref}>
            {t('older_orders')}
          </a>
        </nav>
      )}
    </section>
  </>
);
