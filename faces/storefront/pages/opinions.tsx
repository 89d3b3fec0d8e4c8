import type { OwnReviewsPage, QuestionFormPage, ReviewFormPage } from '#contracts/pages/storefront.ts';
import { AccountFrame } from '../components/account-frame.tsx';
import { Faults, Field, Notice, TextArea } from '../components/parts.tsx';
import { Stars } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

const STATES = {
  pending: 'review_pending',
  approved: 'review_approved',
  rejected: 'review_rejected',
} as const;

const starsText = (count: number, t: Translate): string => (count === 1 ? t('star') : t('stars', { count }));

export const OwnReviews = ({ page, t }: { page: OwnReviewsPage; t: Translate }) => (
  <AccountFrame place="/account/reviews" heading={t('reviews')} notice={page.notice} t={t}>
    {page.reviews.length === 0 && <p>{t('no_own_reviews')}</p>}
    <ul class="orders">
      {page.reviews.map(({ product, stars, title, text, date, state }) => (
        <li class="order">
          <div>
            {product && (
              <p>
                <a href={product.href}>{product.text}</a>
              </p>
            )}
            <p>
              <Stars stars={stars} label={starsText(stars, t)} /> <strong>{title}</strong>
            </p>
            <p class="prose">{text}</p>
          </div>
          <div class="order-facts">
            <span class={state === 'approved' ? 'status delivered' : 'status'}>{t(STATES[state])}</span>
            <span class="quiet">{date}</span>
          </div>
        </li>
      ))}
    </ul>
    {page.nextHref !== undefined && (
      <nav class="paging">
        <a class="button secondary" href={page.nextHref}>
          {t('older_reviews')}
        </a>
      </nav>
    )}
  </AccountFrame>
);

export const ReviewForm = ({ page, t }: { page: ReviewFormPage; t: Translate }) => {
  const { product, entered, faults } = page;
  const shared = { t, entered, faults };
  const ofStars = faults.find(({ field }) => field === 'stars');
  return (
    <AccountFrame place="/account/reviews" heading={t('write_review')} t={t}>
      <p>
        <a href={product.href}>{product.text}</a>
      </p>
      <Faults faults={faults} t={t} />
      <form method="post" action={page.action} class="panel form" data-island="once">
        <fieldset id="stars" class="star-choice" aria-describedby={ofStars && 'stars-fault'}>
          <legend>{t('rating')}</legend>
          {[5, 4, 3, 2, 1].map((count) => (
            <label class="choice">
              <input
                type="radio"
                name="stars"
                value={count}
                checked={entered['stars'] === String(count)}
                required
              />
              <Stars stars={count} label={starsText(count, t)} />
            </label>
          ))}
          {ofStars && (
            <p class="fault" id="stars-fault">
              {t.field('stars', ofStars.message)}
            </p>
          )}
        </fieldset>
        <Field name="title" label={t('review_title')} autocomplete="off" maxLength={150} {...shared} />
        <TextArea name="text" label={t('review_text')} maxLength={5000} {...shared} />
        <p class="quiet">{t('review_hint')}</p>
        <button type="submit" class="button">
          {t('send_review')}
        </button>
      </form>
    </AccountFrame>
  );
};

export const QuestionForm = ({ page, t }: { page: QuestionFormPage; t: Translate }) => {
  const { product, entered, faults } = page;
  return (
    <AccountFrame place="/account/reviews" heading={t('ask_question')} t={t}>
      <Notice code={page.notice} t={t} />
      <p>
        <a href={product.href}>{product.text}</a>
      </p>
      <Faults faults={faults} t={t} />
      <form method="post" action={page.action} class="panel form" data-island="once">
        <TextArea
          name="text"
          label={t('question')}
          maxLength={2000}
          t={t}
          entered={entered}
          faults={faults}
        />
        <button type="submit" class="button">
          {t('send_question')}
        </button>
      </form>
    </AccountFrame>
  );
};
