import type { ProfilePage, ProviderProfilePage } from '#contracts/pages/storefront.ts';
import { AccountFrame } from '../components/account-frame.tsx';
import { Faults, Field } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const Profile = ({ page, t }: { page: ProfilePage; t: Translate }) => {
  const { entered, faults } = page;
  const shared = { t, entered, faults };
  return (
    <AccountFrame place="/account/profile" heading={t('profile')} notice={page.notice} t={t}>
      <Faults faults={faults} t={t} />
      <div class="form-columns">
        <form method="post" action="/account/profile" class="panel">
          <h2>{t('name')}</h2>
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
          <button type="submit" class="button">
            {t('save')}
          </button>
        </form>
        <div class="panel">
          <h2>{t('email')}</h2>
          <p>
            {page.email} <span class="quiet">({t(page.isEmailConfirmed ? 'confirmed' : 'unconfirmed')})</span>
          </p>
          {!page.isEmailConfirmed && (
            <form method="post" action="/account/email/mail">
              <button type="submit" class="link">
                {t('mail_confirmation')}
              </button>
            </form>
          )}
          <form method="post" action="/account/email">
            <Field
              name="email"
              label={t('new_email')}
              type="email"
              autocomplete="email"
              maxLength={254}
              {...shared}
            />
            <Field
              name="email_password"
              label={t('password')}
              type="password"
              autocomplete="current-password"
              maxLength={128}
              {...shared}
            />
            <button type="submit" class="button">
              {t('change_email')}
            </button>
          </form>
        </div>
        <form method="post" action="/account/password" class="panel">
          <h2>{t('password')}</h2>
          <Field
            name="current_password"
            label={t('current_password')}
            type="password"
            autocomplete="current-password"
            maxLength={128}
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
          <p class="quiet">{t('password_hint')}</p>
          <button type="submit" class="button">
            {t('change_password')}
          </button>
        </form>
      </div>
    </AccountFrame>
  );
};

/** Nothing here can be changed in the shop. */
export const ProviderProfile = ({ page, t }: { page: ProviderProfilePage; t: Translate }) => (
  <AccountFrame place="/account/profile" heading={t('profile')} t={t}>
    <section class="panel form">
      <dl class="specifications">
        <div>
          <dt>{t('name')}</dt>
          <dd>{page.name}</dd>
        </div>
        <div>
          <dt>{t('email')}</dt>
          <dd>{page.email}</dd>
        </div>
      </dl>
      <p class="quiet">{t('of_provider_hint')}</p>
      <form method="post" action="/logout">
        <button type="submit" class="button secondary">
          {t('log_out')}
        </button>
      </form>
    </section>
  </AccountFrame>
);
