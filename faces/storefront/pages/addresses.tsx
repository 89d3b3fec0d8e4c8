import type { AddressesPage, AddressPage } from '#contracts/pages/storefront.ts';
import { AccountFrame, Action } from '../components/account-frame.tsx';
import { AddressFields, AddressLines } from '../components/address-fields.tsx';
import { Faults } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

const PLACE = '/account/addresses';

export const Addresses = ({ page, t }: { page: AddressesPage; t: Translate }) => {
  const { addresses, addressForm, countries } = page;
  return (
    <AccountFrame place={PLACE} heading={t('addresses')} notice={page.notice} t={t}>
      {addresses.length > 0 && (
        <ul class="boxes">
          {addresses.map(({ addressId, lines, isDefault }) => (
            <li class="panel">
              <AddressLines lines={lines} />
              {isDefault && <p class="quiet">{t('default_address')}</p>}
              <div class="actions">
                <a
                  class="button small secondary"
                  href={`${PLACE}/${addressId}`}
                  aria-label={`${t('edit')}: ${lines.slice(0, 2).join(', ')}`}
                >
                  {t('edit')}
                </a>
                {!isDefault && (
                  <Action
                    action={`${PLACE}/${addressId}/default`}
                    text={t('make_default')}
                    label={`${t('make_default')}: ${lines.slice(0, 2).join(', ')}`}
                  />
                )}
                <Action
                  action={`${PLACE}/${addressId}/remove`}
                  text={t('remove')}
                  label={t('remove_item', { name: lines.slice(0, 2).join(', ') })}
                />
              </div>
            </li>
          ))}
        </ul>
      )}
      <details class="more" open={addresses.length === 0 || addressForm.faults.length > 0}>
        <summary>{t('another_address')}</summary>
        <form method="post" action={PLACE} class="panel form">
          <Faults faults={addressForm.faults} t={t} />
          <AddressFields form={addressForm} countries={countries} t={t} />
          <button type="submit" class="button">
            {t('save')}
          </button>
        </form>
      </details>
    </AccountFrame>
  );
};

export const Address = ({ page, t }: { page: AddressPage; t: Translate }) => (
  <AccountFrame place={PLACE} heading={t('change_address')} t={t}>
    <form method="post" action={`${PLACE}/${page.addressId}`} class="panel form">
      <Faults faults={page.addressForm.faults} t={t} />
      <AddressFields form={page.addressForm} countries={page.countries} t={t} />
      <div class="actions">
        <button type="submit" class="button">
          {t('save')}
        </button>
        <a class="button secondary" href={PLACE}>
          {t('back')}
        </a>
      </div>
    </form>
  </AccountFrame>
);
