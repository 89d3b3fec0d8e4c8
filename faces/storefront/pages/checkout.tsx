import type { CheckoutPage, CheckoutSummary } from '#contracts/pages/storefront.ts';
import { AddressFields, AddressLines } from '../components/address-fields.tsx';
import { Faults, Field, Hidden, Notice } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

interface Props {
  readonly page: CheckoutPage;
  readonly t: Translate;
}

export const Checkout = ({ page, t }: Props) => (
  <>
    <h1>{t('checkout')}</h1>
    <Notice code={page.notice} t={t} />
    {page.summary?.changedFrom !== undefined && (
      <p class="notice bad" role="alert">
        {t('price_changed', { before: page.summary.changedFrom, total: page.summary.total })}
      </p>
    )}
    <div class="two-columns" data-island="report" data-step="checkout">
      <div class="steps-column">
        {page.isGuest && page.entered === undefined && (
          <p>
            {t('have_account')} <a href="/login?return_to=%2Fcheckout">{t('log_in')}</a>
          </p>
        )}
        {(page.addresses.length > 0 || page.entered !== undefined) && <Choices page={page} t={t} />}
        <AddressForm page={page} t={t} />
        {page.summary && <Payment summary={page.summary} t={t} />}
      </div>
      <Summary page={page} t={t} />
    </div>
  </>
);

/** Address and delivery. Choosing shows the page again, with the prices for the choice. */
const Choices = ({ page, t }: Props) => (
  <form action="/checkout" class="panel" data-island="filters">
    {page.summary?.order['payment_token'] !== undefined && (
      <Hidden
        fields={{
          payment_token: page.summary.order['payment_token'],
          card: page.summary.order['card'] ?? '',
        }}
      />
    )}
    <fieldset>
      <legend>
        <h2>{t('step_address')}</h2>
      </legend>
      {page.entered && (
        <p>
          <AddressLines lines={page.entered.lines} />
          <span class="line-of-address quiet">{page.entered.email}</span>
        </p>
      )}
      {page.addresses.map(({ addressId, lines }) => (
        <label class="option-row">
          <input type="radio" name="address" value={addressId} checked={addressId === page.addressId} />
          <AddressLines lines={lines} />
        </label>
      ))}
    </fieldset>
    {page.refusal !== undefined && <Notice code={page.refusal} t={t} />}
    {page.deliveries.length > 0 && (
      <fieldset>
        <legend>
          <h2>{t('step_delivery')}</h2>
        </legend>
        {page.deliveries.map(({ optionId, carrier, service, price, date }) => (
          <label class="option-row">
            <input
              type="radio"
              name="delivery"
              value={optionId}
              checked={optionId === page.summary?.optionId}
            />
            <span>
              <span class="strong line-of-address">
                {carrier} {service}
              </span>
              <span class="line-of-address quiet">{t('arrives', { date })}</span>
            </span>
            <span class="option-price">{price}</span>
          </label>
        ))}
      </fieldset>
    )}
    <button type="submit" class="button small secondary">
      {t('update_choice')}
    </button>
  </form>
);

const AddressForm = ({ page, t }: Props) => {
  const { entered, faults } = page.addressForm;
  const shared = { t, entered, faults };
  const hasAddress = page.addresses.length > 0 || page.entered !== undefined;
  const form = (
    <form method="post" action={page.isGuest ? '/checkout/guest' : '/checkout/addresses'} class="panel">
      {!hasAddress && <h2>{t('step_address')}</h2>}
      <Faults faults={faults} t={t} />
      {page.isGuest && (
        <Field
          name="email"
          label={t('email')}
          type="email"
          autocomplete="email"
          maxLength={254}
          {...shared}
        />
      )}
      <AddressFields form={page.addressForm} countries={page.countries} t={t} />
      <button type="submit" class="button">
        {t('save_address')}
      </button>
    </form>
  );
  if (!hasAddress) return form;
  return (
    <details class="more" open={faults.length > 0}>
      <summary>{t(page.entered ? 'change_address' : 'another_address')}</summary>
      {form}
    </details>
  );
};

const Payment = ({ summary, t }: { summary: CheckoutSummary; t: Translate }) => (
  <section class="panel" aria-labelledby="payment">
    <h2 id="payment">{t('step_payment')}</h2>
    {!summary.needsCard && <p>{t('no_payment')}</p>}
    {summary.needsCard && summary.card !== undefined && (
      <p class="card-ready">
        {summary.card === '' ? t('card_entered') : t('card_ready', { card: summary.card })}
      </p>
    )}
    {summary.needsCard && (
      <form action="/checkout/card">
        <Hidden fields={summary.toCard} />
        {summary.card === undefined && <p class="quiet">{t('card_hint')}</p>}
        <button type="submit" class={summary.card === undefined ? 'button' : 'link'}>
          {t(summary.card === undefined ? 'enter_card' : 'change_card')}
        </button>
      </form>
    )}
  </section>
);

const Summary = ({ page, t }: Props) => (
  <aside class="summary" aria-labelledby="summary">
    <h2 id="summary">{t('your_order')}</h2>
    <ul class="summary-lines">
      {page.lines.map(({ name, quantity, total, shortOf }) => (
        <li>
          <span>
            {quantity} × {name}
            {shortOf !== undefined && <span class="fault">{t('only_left', { count: shortOf })}</span>}
          </span>
          <span>{total}</span>
        </li>
      ))}
    </ul>
    <p>
      <a href="/cart">{t('edit_cart')}</a>
    </p>
    {page.summary && <Totals summary={page.summary} t={t} />}
  </aside>
);

const Totals = ({ summary, t }: { summary: CheckoutSummary; t: Translate }) => {
  const isReady = summary.canPlace && (summary.card !== undefined || !summary.needsCard);
  return (
    <>
      <dl class="totals">
        <div>
          <dt>{t('subtotal')}</dt>
          <dd>{summary.subtotal}</dd>
        </div>
        <div>
          <dt>{t('delivery')}</dt>
          <dd>{summary.delivery}</dd>
        </div>
        {!summary.pricesIncludeTax && (
          <div>
            <dt>{t('tax')}</dt>
            <dd>{summary.tax}</dd>
          </div>
        )}
        <div class="total">
          <dt>{t('total')}</dt>
          <dd>{summary.total}</dd>
        </div>
      </dl>
      {summary.pricesIncludeTax && <p class="quiet">{t('tax_included', { tax: summary.tax })}</p>}
      {isReady && (
        <form method="post" action="/checkout" data-island="once">
          <Hidden fields={summary.order} />
          <button type="submit" class="button wide">
            {summary.needsCard ? t('place_order', { total: summary.total }) : t('place_order_free')}
          </button>
        </form>
      )}
    </>
  );
};
