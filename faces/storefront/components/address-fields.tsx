import type { AddressFormView, Country } from '#contracts/pages/storefront.ts';
import type { Translate } from '../locales/texts.ts';
import { Field } from './parts.tsx';

interface Props {
  readonly form: AddressFormView;
  readonly countries: readonly Country[];
  readonly t: Translate;
}

export const AddressFields = ({ form: { entered, faults }, countries, t }: Props) => {
  const shared = { t, entered, faults };
  const country = entered['country'] ?? 'DE';
  return (
    <>
      <Field name="recipient" label={t('recipient')} autocomplete="name" maxLength={200} {...shared} />
      <Field name="line1" label={t('line1')} autocomplete="address-line1" maxLength={200} {...shared} />
      <Field
        name="line2"
        label={t('line2')}
        autocomplete="address-line2"
        maxLength={200}
        isRequired={false}
        {...shared}
      />
      <div class="fields">
        <Field
          name="postal_code"
          label={t('postal_code')}
          autocomplete="postal-code"
          maxLength={20}
          isRequired={false}
          {...shared}
        />
        <Field name="city" label={t('city')} autocomplete="address-level2" maxLength={100} {...shared} />
      </div>
      <Field
        name="region"
        label={t('region')}
        autocomplete="address-level1"
        maxLength={100}
        isRequired={false}
        {...shared}
      />
      <Field name="country" label={t('country')} autocomplete="country" {...shared}>
        <select id="country" name="country" autocomplete="country">
          {countries.map(({ code, name }) => (
            <option value={code} selected={code === country}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <Field
        name="phone"
        label={t('phone')}
        type="tel"
        autocomplete="tel"
        maxLength={40}
        isRequired={false}
        {...shared}
      />
    </>
  );
};

export const AddressLines = ({ lines }: { lines: readonly string[] }) => (
  <span>
    {lines.map((line, index) => (
      <span class={index === 0 ? 'strong line-of-address' : 'line-of-address'}>{line}</span>
    ))}
  </span>
);
