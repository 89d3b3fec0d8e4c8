import type { StepUpPage } from '#contracts/pages/storefront.ts';
import { Faults, Field } from '../components/parts.tsx';
import type { Translate } from '../locales/texts.ts';

export const StepUp = ({ page, t }: { page: StepUpPage; t: Translate }) => {
  const { returnTo, challenge, faults } = page;
  const shared = { t, entered: {}, faults };
  return (
    <div class="narrow">
      <h1>{t('step_up')}</h1>
      <Faults faults={faults} t={t} />
      <form method="post" action="/account/step-up" class="panel">
        <input type="hidden" name="return_to" value={returnTo} />
        {challenge === undefined ? (
          <>
            <p>{t('step_up_hint')}</p>
            <Field
              name="password"
              label={t('password')}
              type="password"
              autocomplete="current-password"
              maxLength={128}
              {...shared}
            />
          </>
        ) : (
          <>
            <input type="hidden" name="challenge" value={challenge} />
            <p>{t('code_hint')}</p>
            <Field name="code" label={t('code')} autocomplete="one-time-code" maxLength={30} {...shared} />
          </>
        )}
        <button type="submit" class="button wide">
          {t('confirm')}
        </button>
      </form>
    </div>
  );
};
