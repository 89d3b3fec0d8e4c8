import type { LoginPage } from '#contracts/pages/storefront.ts';
import { Faults, Field, Notice } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const Login = ({ page, t }: { page: LoginPage; t: Translate }) => (
  <div class="narrow">
    <h1>{t('log_in')}</h1>
    <Notice code={page.notice} t={t} />
    <Faults faults={page.faults} t={t} />
    {page.providerHref !== undefined && (
      <p>
        <a class="button wide" href={page.providerHref}>
          {t('log_in_at_provider')}
        </a>
      </p>
    )}
    <form method="post" action="/login" class="panel">
      <input type="hidden" name="return_to" value={page.returnTo} />
      {page.challenge === undefined ? (
        <>
          <Field
            name="email"
            label={t('email')}
            type="email"
            autocomplete="username"
            maxLength={254}
            t={t}
            entered={page.entered}
            faults={page.faults}
          />
          <Field
            name="password"
            label={t('password')}
            type="password"
            autocomplete="current-password"
            maxLength={128}
            t={t}
            entered={page.entered}
            faults={page.faults}
          />
          <button type="submit" class="button wide">
            {t('log_in')}
          </button>
        </>
      ) : (
        <>
          <input type="hidden" name="challenge" value={page.challenge} />
          <p>{t('code_hint')}</p>
          <Field
            name="code"
            label={t('code')}
            autocomplete="one-time-code"
            maxLength={30}
            t={t}
            entered={{}}
            faults={page.faults}
          />
          <button type="submit" class="button wide">
            {t('confirm')}
          </button>
        </>
      )}
    </form>
    <p>
      <a href="/reset-password">{t('forgot_password')}</a>
    </p>
    <p>
      {t('no_account')}{' '}
      <a href={`/register?return_to=${encodeURIComponent(page.returnTo)}`}>{t('register')}</a>
    </p>
  </div>
);
