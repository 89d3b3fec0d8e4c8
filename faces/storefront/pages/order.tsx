import type { OrderPage } from '#contracts/pages/storefront.ts';
import { Notice } from '../components/parts.tsx';
import { Steps } from '../components/steps.tsx';
import type { Translate } from '../locales/texts.ts';
import { ReturnsOfOrder } from './returns.tsx';

interface Props {
  readonly page: OrderPage;
  readonly t: Translate;
}

export const Order = ({ page, t }: Props) => (
  <>
    <Notice code={page.notice} t={t} />
    {page.isNew && page.status !== 'cancelled' && (
      <div class="thanks" role="status" data-island="report" data-step="ordered" data-order={page.orderId}>
        <h1>{t('thank_you')}</h1>
        <p>{t('thank_you_text')}</p>
      </div>
    )}
    <div
      data-island={page.isFinal ? undefined : 'progress'}
      data-order={page.orderId}
      data-seen={String(page.seen)}
    >
      {page.isNew && page.status !== 'cancelled' ? (
        <h2>{t('order', { number: page.number })}</h2>
      ) : (
        <h1>{t('order', { number: page.number })}</h1>
      )}
      <p class="quiet">{t('placed_at', { date: page.placedAt })}</p>
      <Progress page={page} t={t} />
    </div>
    <div class="two-columns">
      <div class="steps-column">
        <section class="panel" aria-labelledby="items">
          <h2 id="items">{t('items')}</h2>
          <ul class="summary-lines">
            {page.lines.map(({ href, name, quantity, total, reviewHref }) => (
              <li>
                <span>
                  {quantity} × <a href={href}>{name}</a>
                  {reviewHref !== undefined && (
                    <span class="line-of-address">
                      <a href={reviewHref} aria-label={`${t('write_review')}: ${name}`}>
                        {t('write_review')}
                      </a>
                    </span>
                  )}
                </span>
                <span>{total}</span>
              </li>
            ))}
          </ul>
          <dl class="totals">
            <div>
              <dt>{t('subtotal')}</dt>
              <dd>{page.subtotal}</dd>
            </div>
            <div>
              <dt>{t('delivery')}</dt>
              <dd>{page.delivery}</dd>
            </div>
            {!page.pricesIncludeTax && (
              <div>
                <dt>{t('tax')}</dt>
                <dd>{page.tax}</dd>
              </div>
            )}
            <div class="total">
              <dt>{t('total')}</dt>
              <dd>{page.total}</dd>
            </div>
            {page.refunded !== undefined && (
              <div>
                <dt>{t('refunded')}</dt>
                <dd>{page.refunded}</dd>
              </div>
            )}
          </dl>
          {page.pricesIncludeTax && <p class="quiet">{t('tax_included', { tax: page.tax })}</p>}
        </section>
        <ReturnsOfOrder page={page} t={t} />
      </div>
      <aside class="summary">
        <section aria-labelledby="to">
          <h2 id="to">{t('step_delivery')}</h2>
          <p>
            {page.address.map((line) => (
              <span class="line-of-address">{line}</span>
            ))}
          </p>
          {page.requestedAddress.length > 0 && (
            <>
              <p>{t('address_requested')}</p>
              <p>
                {page.requestedAddress.map((line) => (
                  <span class="line-of-address">{line}</span>
                ))}
              </p>
            </>
          )}
          {page.addressHref !== undefined && (
            <p>
              <a href={page.addressHref}>{t('change_address')}</a>
            </p>
          )}
          <p>
            <span class="line-of-address">{page.carrier}</span>
            {page.trackingNumber !== undefined && (
              <span class="line-of-address">
                {t('tracking')}: <code>{page.trackingNumber}</code>
              </span>
            )}
            {page.expected !== undefined && page.status !== 'delivered' && (
              <span class="line-of-address quiet">{t('expected', { date: page.expected })}</span>
            )}
          </p>
        </section>
        {page.card !== undefined && (
          <p>
            {t('paid_with')}: {page.card}
          </p>
        )}
        {page.documents.length > 0 && (
          <section aria-labelledby="documents">
            <h2 id="documents">{t('documents')}</h2>
            <ul>
              {page.documents.map(({ kind, number, href, date, amount }) => (
                <li>
                  <a href={href} download>
                    {t(kind)} {number} (PDF)
                  </a>
                  <span class="line-of-address quiet">
                    {date} · {amount}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {page.canCancel && (
          <form method="post" action={`/orders/${page.orderId}/cancel`} data-island="once">
            <button type="submit" class="button small secondary">
              {t('cancel_order')}
            </button>
          </form>
        )}
        <p>
          {page.isGuest ? (
            <>
              {t('keep_orders')} <a href="/register?return_to=%2Faccount">{t('register')}</a>
            </>
          ) : (
            <a href="/account">{t('your_orders')}</a>
          )}
        </p>
      </aside>
    </div>
  </>
);

const Progress = ({ page, t }: Props) => (
  <section class="panel" aria-labelledby="progress">
    <h2 id="progress" class="visually-hidden">
      {t('progress')}
    </h2>
    <Steps steps={page.steps} status={page.status} t={t} />
    <ol class="timeline">
      {page.timeline.toReversed().map(({ at, detail }) => (
        <li>
          <span class="quiet">{at}</span> {detail}
        </li>
      ))}
    </ol>
    {!page.isFinal && <p class="quiet">{t('updates_by_itself')}</p>}
  </section>
);
