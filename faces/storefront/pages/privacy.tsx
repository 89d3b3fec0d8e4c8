import type { MailsPage, PrivacyPage } from '#contracts/pages/storefront.ts';
import { AccountFrame } from '../components/account-frame.tsx';
import { LANGUAGES } from '../components/languages.ts';
import { Field } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const Privacy = ({ page, t }: { page: PrivacyPage; t: Translate }) => {
  const shared = { t, entered: {}, faults: [], type: 'password', maxLength: 128 } as const;
  return (
    <AccountFrame place="/account/privacy" heading={t('privacy')} notice={page.notice} t={t}>
      <div class="form-columns">
        <form method="post" action="/account/export" class="panel">
          <h2>{t('export')}</h2>
          <p>{t('export_hint')}</p>
          {page.needsPassword && (
            <Field name="password" label={t('password')} autocomplete="current-password" {...shared} />
          )}
          <button type="submit" class="button">
            {t('export_button')}
          </button>
        </form>
        <form method="post" action="/account/erasure" class="panel" data-island="once">
          <h2>{t(page.needsPassword ? 'erase' : 'erase_data')}</h2>
          <p>{t(page.needsPassword ? 'erase_hint' : 'erase_hint_of_provider')}</p>
          {page.needsPassword && (
            <Field name="erase_password" label={t('password')} autocomplete="current-password" {...shared} />
          )}
          <label class="choice">
            <input type="checkbox" name="confirmed" value="yes" required />
            <span>{t('erase_confirmed')}</span>
          </label>
          <button type="submit" class="button secondary">
            {t(page.needsPassword ? 'erase_button' : 'erase_data')}
          </button>
        </form>
      </div>
    </AccountFrame>
  );
};

export const Mails = ({ page, t }: { page: MailsPage; t: Translate }) => (
  <AccountFrame place="/account/mails" heading={t('mails')} notice={page.notice} t={t}>
    <form method="post" action="/account/mails" class="panel form">
      <fieldset>
        <legend>
          <h2>{t('mails_wanted')}</h2>
        </legend>
        <p class="quiet">{t('mails_hint')}</p>
        {page.kinds.map(({ kind, isWanted }) => (
          <label class="choice">
            <input type="checkbox" name={kind} value="yes" checked={isWanted} />
            <span>{t.mail(kind)}</span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="language">{t('mails_language')}</label>
        <select id="language" name="language">
          {LANGUAGES.map(([code, name]) => (
            <option value={code} lang={code} selected={code === page.language}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button">
        {t('save')}
      </button>
    </form>
  </AccountFrame>
);
