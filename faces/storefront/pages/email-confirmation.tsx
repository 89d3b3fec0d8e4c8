import type { EmailConfirmationPage } from '#contracts/pages/storefront.ts';
import { Faults, Field, Notice } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

/** A script fills in the token of the mail's link. It is posted by a click: programs that read mails follow links as well. */
export const EmailConfirmation = ({ page, t }: { page: EmailConfirmationPage; t: Translate }) => {
  const { isConfirmed, entered, faults } = page;
  return (
    <div class="narrow">
      <h1>{t('confirm_email')}</h1>
      {isConfirmed ? (
        <>
          <Notice code="EMAIL_CONFIRMED" t={t} />
          <p>
            <a class="button" href="/account">
              {t('account')}
            </a>
          </p>
        </>
      ) : (
        <>
          <Faults faults={faults} t={t} />
          <form method="post" action="/confirm-email" class="panel" data-island="mail-token">
            <Field
              name="token"
              label={t('mail_link')}
              autocomplete="off"
              maxLength={2200}
              t={t}
              entered={entered}
              faults={faults}
            />
            <button type="submit" class="button wide">
              {t('confirm')}
            </button>
          </form>
        </>
      )}
    </div>
  );
};
