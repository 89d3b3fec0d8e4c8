import type { PasswordResetPage } from '#contracts/pages/storefront.ts';
import { Faults, Field, Notice } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

/** With a script, the link of the mail leaves only the second form, and fills in its token. */
export const PasswordReset = ({ page, t }: { page: PasswordResetPage; t: Translate }) => {
  const { isSent, entered, faults } = page;
  const shared = { t, entered, faults };
  const isOfLink = faults.some(({ field }) => field !== 'email') && isSent;
  return (
    <div class="narrow">
      <h1>{t('reset_password')}</h1>
      {isSent && !isOfLink && <Notice code="RESET_SENT" t={t} />}
      <Faults faults={faults} t={t} />
      {!isSent && (
        <form method="post" action="/reset-password" class="panel" id="without-token">
          <p>{t('reset_hint')}</p>
          <Field
            name="email"
            label={t('email')}
            type="email"
            autocomplete="username"
            maxLength={254}
            {...shared}
          />
          <button type="submit" class="button wide">
            {t('reset_request')}
          </button>
        </form>
      )}
      <details class="more" open={isSent}>
        <summary>{t('reset_have_link')}</summary>
        <form method="post" action="/reset-password/new" class="panel" data-island="mail-token">
          <Field name="token" label={t('mail_link')} autocomplete="off" maxLength={2200} {...shared} />
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
            {t('reset_set')}
          </button>
        </form>
      </details>
    </div>
  );
};
