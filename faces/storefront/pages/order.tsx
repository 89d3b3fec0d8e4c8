import type { OrderPage } from '#contracts/pages/storefront.ts';
import { CheckIcon } from '../components/icons.tsx';
import { statusText } from '../components/parts.tsx';
import { shortNumber } from '../components/titles.ts';
import type { Translate } from '../locales/texts.ts';

interface Props {
  readonly page: OrderPage;
  readonly t: Translate;
}

export const Order = ({ page, t }: Props) => (
  <>
    {page.isNew && page.status !== 'cancelled' && (
      <div class="thanks" role="status">
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
        <h2>{t('order', { number: shortNumber(page.orderId) })}</h2>
      ) : (
        <h1>{t('order', { number: shortNumber(page.orderId) })}</h1>
      )}
      <p class="quiet">{t('placed_at', { date: page.placedAt })}</p>
      <Progress page={page} t={t} />
    </div>
    <div class="two-columns">
      <div class="steps-column">
        <section class="panel" aria-labelledby="items">
          <h2 id="items">{t('items')}</h2>
          <ul class="summary-lines">
            {page.lines.map(({ href, name, quantity, total }) => (
              <li>
                <span>
                  {quantity} × <a href={href}>{name}</a>
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
      </div>
      <aside class="summary">
        <section aria-labelledby="to">
          <h2 id="to">{t('step_delivery')}</h2>
          <p>
            {page.address.map((line) => (
              <span class="line-of-address">{line}</span>
            ))}
          </p>
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
        <p>
          <a href="/account">{t('your_orders')}</a>
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
    {page.steps.length > 0 ? (
      <ol class="steps">
        {page.steps.map(({ name, state }) => (
          <li class={state} aria-current={state === 'current' ? 'step' : undefined}>
            <span class="step-mark">{state === 'done' && <CheckIcon />}</span>
            <span>{statusText(name, t)}</span>
          </li>
        ))}
      </ol>
    ) : (
      <p class="strong">{statusText(page.status, t)}</p>
    )}
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
