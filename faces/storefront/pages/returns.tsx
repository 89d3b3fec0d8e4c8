import type {
  ExchangeOffer,
  OrderPage,
  ReturnForm,
  ReturnsPage,
  ReturnView,
} from '#contracts/pages/storefront.ts';
import { AccountFrame, Action } from '../components/account-frame.tsx';
import { TextArea } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

/** What the customer sends back, in the account. */
export const OwnReturns = ({ page, t }: { page: ReturnsPage; t: Translate }) => (
  <AccountFrame place="/account/returns" heading={t('returns')} notice={page.notice} t={t}>
    {page.returns.length === 0 ? (
      <p>{t('no_returns')}</p>
    ) : (
      <ul class="orders">
        {page.returns.map((one) => (
          <Return one={one} isLinked t={t} />
        ))}
      </ul>
    )}
    {page.nextHref !== undefined && (
      <nav class="paging">
        <a class="button secondary" href={page.nextHref}>
          {t('older_returns')}
        </a>
      </nav>
    )}
  </AccountFrame>
);

/** The returns of an order, and the form to ask for one. */
export const ReturnsOfOrder = ({ page, t }: { page: OrderPage; t: Translate }) =>
  page.returns.length === 0 && page.returnForm === undefined ? null : (
    <section class="panel" aria-labelledby="returns">
      <h2 id="returns">{t('returns')}</h2>
      {page.returns.length > 0 && (
        <ul class="orders">
          {page.returns.map((one) => (
            <Return one={one} isLinked={false} t={t} />
          ))}
        </ul>
      )}
      {page.returnForm && <Form form={page.returnForm} orderId={page.orderId} t={t} />}
    </section>
  );

const Return = ({ one, isLinked, t }: { one: ReturnView; isLinked: boolean; t: Translate }) => (
  <li class="order">
    <div>
      <p>
        {isLinked ? (
          <a class="strong" href={one.orderHref}>
            {t('return', { number: one.number })}
          </a>
        ) : (
          <span class="strong">{t('return', { number: one.number })}</span>
        )}{' '}
        <span class={`status ${one.state}`}>{t(`return_${one.state}`)}</span>
      </p>
      <p class="quiet">
        {one.date} · {one.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
      </p>
      {one.state === 'approved' && (
        <>
          <p>{t('send_back', { number: one.number })}</p>
          <p>
            {one.address.length === 0
              ? t('send_to_sender')
              : one.address.map((line) => <span class="line-of-address">{line}</span>)}
          </p>
          {one.instructions !== undefined && <p>{one.instructions}</p>}
          {one.labelHref !== undefined && (
            <p>
              <a href={one.labelHref} download>
                {t('return_label')}
              </a>
            </p>
          )}
        </>
      )}
      {one.exchangeHref !== undefined && (
        <p>
          <a href={one.exchangeHref}>{t('exchange_order')}</a>
        </p>
      )}
      {one.difference !== undefined && <p>{t('exchange_difference', { amount: one.difference })}</p>}
      {one.offer && <Offer offer={one.offer} t={t} />}
      {one.rejection !== undefined && <p>{one.rejection}</p>}
      {one.refund !== undefined && (
        <p>{t(one.state === 'refunded' ? 'return_paid' : 'return_to_be_paid', { amount: one.refund })}</p>
      )}
    </div>
    {one.cancelHref !== undefined && (
      <Action
        action={one.cancelHref}
        text={t('cancel_return')}
        label={`${t('cancel_return')}: ${one.number}`}
      />
    )}
  </li>
);

/** What goods in exchange cost more, and the way to pay it. */
const Offer = ({ offer, t }: { offer: ExchangeOffer; t: Translate }) => (
  <>
    <p>{t('exchange_offer', { goods: offer.names.join(', '), amount: offer.due, date: offer.until })}</p>
    {offer.isRepeated && <p class="quiet">{t('exchange_failed')}</p>}
    {offer.payment ? (
      <form method="post" action={offer.payment.href} data-island="once">
        {Object.entries(offer.payment.fields).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p>{offer.payment.card === '' ? t('card_entered') : t('card_ready', { card: offer.payment.card })}</p>
        <button type="submit" class="button">
          {t('exchange_pay', { amount: offer.due })}
        </button>
      </form>
    ) : (
      <p>
        <a class="button" href={offer.cardHref}>
          {t('exchange_enter_card')}
        </a>
      </p>
    )}
  </>
);

interface FormProps {
  readonly form: ReturnForm;
  readonly orderId: string;
  readonly t: Translate;
}

const Form = ({ form, orderId, t }: FormProps) => (
  <details class="more">
    <summary>{t('return_items')}</summary>
    <p class="quiet">{t('return_until', { date: form.until })}</p>
    <form method="post" action={`/orders/${orderId}/returns`} class="form" data-island="once">
      <input type="hidden" name="seen" value={String(form.seen)} />
      {form.lines.map(({ variantId, name, most }) => (
        <fieldset class="return-line">
          <legend>{name}</legend>
          <div class="field">
            <label for={`quantity-${variantId}`}>{t('return_units')}</label>
            <input
              id={`quantity-${variantId}`}
              name={`quantity-${variantId}`}
              type="number"
              min="0"
              max={most}
              value={form.lines.length === 1 ? '1' : '0'}
            />
          </div>
          <div class="field">
            <label for={`reason-${variantId}`}>{t('return_reason')}</label>
            <select id={`reason-${variantId}`} name={`reason-${variantId}`}>
              {form.reasons.map((reason) => (
                <option value={reason}>{t(`reason_${reason}`)}</option>
              ))}
            </select>
          </div>
        </fieldset>
      ))}
      <TextArea
        name="comment"
        label={t('return_comment')}
        t={t}
        entered={{}}
        faults={[]}
        isRequired={false}
        maxLength={1000}
      />
      <button type="submit" class="button">
        {t('ask_to_return')}
      </button>
    </form>
  </details>
);
