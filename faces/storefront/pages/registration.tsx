import type { RegistrationPage } from '#contracts/pages/storefront.ts';
import { Faults, Field } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const Registration = ({ page, t }: { page: RegistrationPage; t: Translate }) => {
  const { entered, faults } = page;
  const shared = { t, entered, faults };
  return (
    <div class="narrow">
      <h1>{t('register')}</h1>
      <Faults faults={faults} t={t} />
      <form method="post" action="/register" class="panel">
        <input type="hidden" name="return_to" value={page.returnTo} />
        <Field
          name="first_name"
          label={t('first_name')}
          autocomplete="given-name"
          maxLength={100}
          {...shared}
        />
        <Field
          name="last_name"
          label={t('last_name')}
          autocomplete="family-name"
          maxLength={100}
          {...shared}
        />
        <Field
          name="email"
          label={t('email')}
          type="email"
          autocomplete="username"
          maxLength={254}
          {...shared}
        />
        <Field
          name="password"
          label={t('new_password')}
          type="password"
          autocomplete="new-password"
          minLength={10}
          maxLength={128}
          {...shared}
        />
        <button type="submit" class="button wide">
          {t('register')}
        </button>
      </form>
      <p>
        {t('have_account')}{' '}
        <a href={`/login?return_to=${encodeURIComponent(page.returnTo)}`}>{t('log_in')}</a>
      </p>
    </div>
  );
};
