import type { ProductPage, ReviewView } from '#contracts/pages/storefront.ts';
import { Breadcrumbs } from '../components/parts.tsx';
import { Picture, Price, Rating, Stars } from '../components/product-grid.tsx';
import { ProductShelf } from '../components/product-shelf.tsx';
import type { Translate } from '../locales/texts.ts';

interface Props {
  readonly page: ProductPage;
  readonly t: Translate;
}

/** Units to choose from; more can be chosen in the cart. */
const MOST = 10;
const SIZES = '(min-width: 60rem) 34rem, 92vw';

const STOCK = {
  in_stock: 'stock_in_stock',
  low: 'stock_low',
  sold_out: 'stock_sold_out',
  unknown: 'stock_unknown',
} as const;

export const Product = ({ page, t }: Props) => (
  <>
    <Breadcrumbs links={page.breadcrumbs} t={t} />
    <article class="product" data-island="report" data-product={page.productId}>
      <div class="gallery">
        {page.pictures.map((picture, index) => (
          <Picture picture={picture} isFirst={index === 0} sizes={SIZES} />
        ))}
        {page.pictures.length === 0 && <span class="no-picture" />}
      </div>
      <div class="buy">
        <p class="brand">
          <a href={page.brandHref}>{page.brand}</a>
        </p>
        <h1>{page.name}</h1>
        {page.rating && (
          <a class="rating-link" href="#reviews">
            <Rating rating={page.rating} t={t} />
          </a>
        )}
        <p class="big-price">
          <Price price={page.price} t={t} />
        </p>
        <Options page={page} t={t} />
        <p class={`stock ${page.stock.state}`}>{t(STOCK[page.stock.state], { count: page.stock.units })}</p>
        {page.stock.state !== 'sold_out' && <AddToCart page={page} t={t} />}
        <form class="wish" method="post" action="/account/wish-list" data-island="once">
          <input type="hidden" name="product_id" value={page.productId} />
          <button type="submit" class="button secondary">
            {t('add_to_wish_list')}
          </button>
        </form>
        <section aria-labelledby="description">
          <h2 id="description">{t('description')}</h2>
          <p class="prose">{page.description}</p>
        </section>
        {page.specifications.length > 0 && (
          <section aria-labelledby="specifications">
            <h2 id="specifications">{t('specifications')}</h2>
            <dl class="specifications">
              {page.specifications.map(({ name, value }) => (
                <div>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </article>
    <Reviews page={page} t={t} />
    <Questions page={page} t={t} />
    {page.shelves.map((shelf) => (
      <ProductShelf shelf={shelf} t={t} />
    ))}
  </>
);

const Options = ({ page, t }: Props) => (
  <>
    {page.options.map(({ name, values }) => (
      <fieldset class="options">
        <legend>
          {name}: <strong>{values.find(({ isChosen }) => isChosen)?.text}</strong>
        </legend>
        <ul class="pills">
          {values.map(({ href, text, isChosen, isSoldOut }) => (
            <li>
              <a
                class={`pill option${isSoldOut ? ' gone' : ''}`}
                href={href}
                data-swap
                aria-current={isChosen ? 'true' : undefined}
              >
                {text}
                {isSoldOut && <span class="visually-hidden"> ({t('sold_out')})</span>}
              </a>
            </li>
          ))}
        </ul>
      </fieldset>
    ))}
  </>
);

const AddToCart = ({ page, t }: Props) => (
  <form class="add" method="post" action="/cart/items" data-island="add-to-cart" data-busy={t('adding')}>
    <input type="hidden" name="product_id" value={page.productId} />
    <input type="hidden" name="variant_id" value={page.variantId} />
    <div class="field">
      <label for="quantity">{t('quantity')}</label>
      <select id="quantity" name="quantity">
        {Array.from({ length: MOST }, (_, index) => index + 1)
          .filter((units) => page.stock.state !== 'low' || units <= page.stock.units)
          .map((units) => (
            <option value={units}>{units}</option>
          ))}
      </select>
    </div>
    <button type="submit" class="button">
      {t('add_to_cart')}
    </button>
  </form>
);

const Reviews = ({ page, t }: Props) => (
  <section class="reviews" id="reviews" aria-labelledby="reviews-heading">
    <h2 id="reviews-heading">{t('reviews')}</h2>
    {page.rating ? (
      <div class="reviews-body">
        <div class="histogram">
          <p class="average">
            <strong>{page.rating.average}</strong> <Rating rating={page.rating} t={t} />
          </p>
          <ul>
            {page.histogram.map(({ stars, count, percent }) => (
              <li>
                <span>{stars === 1 ? t('star') : t('stars', { count: stars })}</span>
                <meter
                  min={0}
                  max={100}
                  value={percent}
                  aria-label={stars === 1 ? t('star') : t('stars', { count: stars })}
                />
                <span class="quiet">{count}</span>
              </li>
            ))}
          </ul>
        </div>
        <ol class="review-list">
          {page.reviews.map((review) => (
            <Review review={review} t={t} />
          ))}
        </ol>
      </div>
    ) : (
      <p class="quiet">{t('no_reviews')}</p>
    )}
    <div data-island="own-review" data-product={page.productId} />
    <p>
      <a class="button small secondary" href={page.reviewHref}>
        {t('write_or_change_review')}
      </a>
    </p>
  </section>
);

const Questions = ({ page, t }: Props) => (
  <section id="questions" aria-labelledby="questions-heading">
    <h2 id="questions-heading">{t('questions')}</h2>
    {page.questions.length > 0 && (
      <ol class="review-list">
        {page.questions.map((question) => (
          <li class="review">
            <h3 class="prose">{question.text}</h3>
            <p class="quiet">
              {question.author} · {question.date}
            </p>
            {question.answers.map(({ text, author, isOfShop }) => (
              <blockquote>
                <strong>{isOfShop ? t('reply') : author}</strong>
                <p class="prose">{text}</p>
              </blockquote>
            ))}
          </li>
        ))}
      </ol>
    )}
    <p>
      <a class="button small secondary" href={page.questionHref}>
        {t('ask_question')}
      </a>
    </p>
  </section>
);

const Review = ({ review, t }: { review: ReviewView; t: Translate }) => (
  <li class="review">
    <Stars
      stars={review.stars}
      label={review.stars === 1 ? t('star') : t('stars', { count: review.stars })}
    />
    <h3>{review.title}</h3>
    <p class="prose">{review.text}</p>
    {review.media.length > 0 && (
      <ul class="thumbnails">
        {review.media.map(({ href, src }, index) => (
          <li>
            <a href={href}>
              {src === undefined ? (
                t('video_of', { author: review.author })
              ) : (
                <img
                  src={src}
                  alt={t('picture_of', { number: index + 1, author: review.author, title: review.title })}
                  width={96}
                  height={96}
                  loading="lazy"
                />
              )}
            </a>
          </li>
        ))}
      </ul>
    )}
    <p class="quiet">
      {review.author} · {review.date}
      {review.isVerified && <> · {t('verified')}</>}
    </p>
    {review.reply !== undefined && (
      <blockquote>
        <strong>{t('reply')}</strong>
        <p>{review.reply}</p>
      </blockquote>
    )}
  </li>
);
