import type { ProgressView, TrackPage } from '#contracts/pages/storefront.ts';
import { Faults, Field, statusText } from '../components/parts.tsx';
import { Steps } from '../components/steps.tsx';
import type { Translate } from '../locales/texts.ts';

interface Props {
  readonly page: TrackPage;
  readonly t: Translate;
}

export const Track = ({ page, t }: Props) => {
  const { orderId, entered, faults, progress } = page;
  const shared = { t, entered, faults };
  return (
    <div class="narrow">
      <h1>{t('track_order')}</h1>
      {orderId !== undefined && (
        // Filled in by the script with the token of the link, which no server has seen.
        <form method="post" action={`/orders/${orderId}/access`} data-island="order-link">
          <input type="hidden" name="token" value="" />
        </form>
      )}
      {progress && <Progress progress={progress} t={t} />}
      <form method="post" action="/track" class="panel">
        <p class="quiet">{t('track_hint')}</p>
        <Faults faults={faults} t={t} />
        <Field name="number" label={t('number')} autocomplete="off" maxLength={64} {...shared} />
        <Field
          name="email"
          label={t('email')}
          type="email"
          autocomplete="email"
          maxLength={254}
          {...shared}
        />
        <button type="submit" class="button wide">
          {t('track')}
        </button>
      </form>
    </div>
  );
};

const Progress = ({ progress, t }: { progress: ProgressView; t: Translate }) => (
  <section class="panel" aria-label={t('progress')}>
    <p class="quiet">{t('placed_at', { date: progress.placedAt })}</p>
    <Steps steps={progress.steps} status={progress.status} t={t} />
    <ol class="timeline">
      {progress.timeline.toReversed().map(({ at, status }) => (
        <li>
          <span class="quiet">{at}</span> {statusText(status, t)}
        </li>
      ))}
    </ol>
    {progress.trackingNumber !== undefined && (
      <p>
        {progress.carrier}, {t('tracking')}: <code>{progress.trackingNumber}</code>
      </p>
    )}
    {progress.expected !== undefined && progress.status !== 'delivered' && (
      <p class="quiet">{t('expected', { date: progress.expected })}</p>
    )}
  </section>
);
