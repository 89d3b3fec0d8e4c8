import type {
  Entered,
  FormFault,
  OwnReviewsPage,
  OwnReviewView,
  QuestionFormPage,
  ReviewFormPage,
} from '#contracts/pages/storefront.ts';
import { AccountFrame } from '../components/account-frame.tsx';
import { Faults, Field, Hidden, Notice, TextArea } from '../components/parts.tsx';
import { Stars } from '../components/product-grid.tsx';
import type { Translate } from '../locales/texts.ts';

interface FormParts {
  readonly entered: Entered;
  readonly faults: readonly FormFault[];
  readonly t: Translate;
}

const STATES = {
  pending: 'review_pending',
  approved: 'review_approved',
  rejected: 'review_rejected',
} as const;

const starsText = (count: number, t: Translate): string => (count === 1 ? t('star') : t('stars', { count }));

/** What a review says, and whether others see it. */
const OwnReview = ({ review, t }: { review: OwnReviewView; t: Translate }) => {
  const { stars, title, text, date, state, media, href } = review;
  return (
    <>
      <div>
        <p>
          <Stars stars={stars} label={starsText(stars, t)} /> <strong>{title}</strong>
        </p>
        <p class="prose">{text}</p>
        <p class="actions">
          <a class="button small secondary" href={href}>
            {t('change_review')} <span class="visually-hidden">{title}</span>
          </a>
        </p>
      </div>
      <div class="order-facts">
        <span class={state === 'approved' ? 'status delivered' : 'status'}>{t(STATES[state])}</span>
        <span class="quiet">{date}</span>
        {media > 0 && <span class="quiet">{t('pictures_count', { count: media })}</span>}
      </div>
    </>
  );
};

export const OwnReviews = ({ page, t }: { page: OwnReviewsPage; t: Translate }) => (
  <AccountFrame place="/account/reviews" heading={t('reviews')} notice={page.notice} t={t}>
    {page.reviews.length === 0 && <p>{t('no_own_reviews')}</p>}
    <ul class="orders">
      {page.reviews.map(({ product, ...review }) => (
        <li>
          {product && (
            <p>
              <a href={product.href}>{product.text}</a>
            </p>
          )}
          <div class="order">
            <OwnReview review={review} t={t} />
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

/** The visitor's review, on the page of its product. */
export const OwnReviewPart = ({ review, t }: { review: OwnReviewView; t: Translate }) => (
  <>
    <h3>{t('your_review')}</h3>
    <div class="order">
      <OwnReview review={review} t={t} />
    </div>
  </>
);

const StarChoice = ({ entered, faults, t }: FormParts) => {
  const fault = faults.find(({ field }) => field === 'stars');
  return (
    <fieldset id="stars" class="star-choice" aria-describedby={fault && 'stars-fault'}>
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
      {fault && (
        <p class="fault" id="stars-fault">
          {t.field('stars', fault.message)}
        </p>
      )}
    </fieldset>
  );
};

/** Pictures that were uploaded, each of which can be left out, and a field for more. */
const Pictures = ({ page, t }: { page: ReviewFormPage; t: Translate }) => {
  const { media, limits, faults } = page;
  const ofPictures = faults.filter(({ field }) => field === 'picture');
  const megabytes = limits.pictureBytes / 1024 / 1024;
  return (
    <fieldset class="pictures">
      <legend>{t('review_pictures')}</legend>
      {media.length > 0 && (
        <ul class="thumbnails">
          {media.map(({ mediaId, src }, index) => (
            <li>
              <label class="choice">
                <input type="checkbox" name="keep" value={mediaId} checked />
                {src === undefined ? (
                  t('video_number', { number: index + 1 })
                ) : (
                  <img src={src} alt={t('picture_number', { number: index + 1 })} width={96} height={96} />
                )}
              </label>
            </li>
          ))}
        </ul>
      )}
      {media.length > 0 && <p class="quiet">{t('pictures_keep')}</p>}
      <label for="picture">{t('add_pictures')}</label>
      <input
        id="picture"
        type="file"
        name="picture"
        multiple
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        aria-invalid={ofPictures.length > 0 ? 'true' : undefined}
        aria-describedby={ofPictures.length > 0 ? 'picture-hint picture-fault' : 'picture-hint'}
        data-island="pictures"
        data-most={limits.media}
        data-most-bytes={limits.pictureBytes}
        data-too-many={t.notice('TOO_MANY_PICTURES')}
        data-too-large={t.notice('FILE_TOO_LARGE')}
      />
      <p class="quiet" id="picture-hint">
        {t('pictures_hint', { count: limits.media, megabytes })}
      </p>
      {ofPictures.length > 0 && (
        <p class="fault" id="picture-fault">
          {ofPictures.map(({ message }) => t.field('picture', message)).join(' ')}
        </p>
      )}
    </fieldset>
  );
};

export const ReviewForm = ({ page, t }: { page: ReviewFormPage; t: Translate }) => {
  const { product, action, deleteAction, hidden, entered, faults } = page;
  const shared = { t, entered, faults };
  const isNew = deleteAction === undefined;
  return (
    <AccountFrame place="/account/reviews" heading={t(isNew ? 'write_review' : 'change_review')} t={t}>
      {product && (
        <p>
          <a href={product.href}>{product.text}</a>
        </p>
      )}
      <Faults faults={faults} t={t} />
      <form method="post" action={action} enctype="multipart/form-data" class="panel form" data-island="once">
        <Hidden fields={hidden} />
        <StarChoice {...shared} />
        <Field name="title" label={t('review_title')} autocomplete="off" maxLength={150} {...shared} />
        <TextArea name="text" label={t('review_text')} maxLength={5000} {...shared} />
        <Pictures page={page} t={t} />
        <p class="quiet">{t('review_hint')}</p>
        <button type="submit" class="button">
          {t(isNew ? 'send_review' : 'send_changed_review')}
        </button>
      </form>
      {deleteAction !== undefined && (
        <details class="panel">
          <summary>{t('delete_review')}</summary>
          <p>{t('delete_review_hint')}</p>
          <form method="post" action={deleteAction} data-island="once">
            <button type="submit" class="button">
              {t('delete_review_button')}
            </button>
          </form>
        </details>
      )}
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
