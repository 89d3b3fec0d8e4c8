import type { OrderAddressPage } from '#contracts/pages/storefront.ts';
import { AddressFields } from '../components/address-fields.tsx';
import { Faults } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const OrderAddress = ({ page, t }: { page: OrderAddressPage; t: Translate }) => {
  const { orderId, number, version, addressForm, countries } = page;
  const order = `/orders/${orderId}`;
  return (
    <div class="narrow">
      <h1>{t('change_address')}</h1>
      <p>
        <a href={order}>{t('order', { number })}</a>
      </p>
      <form method="post" action={`${order}/address`} class="panel form" data-island="once">
        <Faults faults={addressForm.faults} t={t} />
        <p class="quiet">{t('change_address_hint')}</p>
        <input type="hidden" name="version" value={version} />
        <AddressFields form={addressForm} countries={countries} t={t} />
        <div class="actions">
          <button type="submit" class="button">
            {t('save')}
          </button>
          <a class="button secondary" href={order}>
            {t('back')}
          </a>
        </div>
      </form>
    </div>
  );
};
