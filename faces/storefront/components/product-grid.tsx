import type {
  Because,
  PictureView,
  PriceView,
  ProductCard as Card,
  RatingView,
} from '#contracts/pages/storefront.ts';
import type { Key, Translate } from '../locales/texts.ts';

/** Pixels of a square picture. The browser scales it; what counts is its ratio. */
const SIDE = 640;

interface PictureProps {
  readonly picture: PictureView | undefined;
  /** Whether it is seen without scrolling. */
  readonly isFirst: boolean;
  readonly sizes: string;
}

export const Picture = ({ picture, isFirst, sizes }: PictureProps) =>
  picture ? (
    <img
      src={picture.src}
      srcset={picture.srcset}
      sizes={picture.srcset === undefined ? undefined : sizes}
      alt={picture.alt}
      width={SIDE}
      height={SIDE}
      loading={isFirst ? 'eager' : 'lazy'}
      fetchpriority={isFirst ? 'high' : undefined}
      decoding="async"
    />
  ) : (
    <span class="no-picture" />
  );

const ratingText = ({ average, count }: RatingView, t: Translate): string =>
  count === 1 ? t('rating_of_one', { average }) : t('rating_of', { average, count });

const STARS = 5;

/** Stars, filled to the nearest half. */
export const Stars = ({ stars, label }: { stars: number; label: string }) => (
  <span class="stars" role="img" aria-label={label}>
    {Array.from({ length: STARS }, (_, index) => {
      const rest = stars - index;
      const fill = rest >= 0.75 ? 'full' : rest >= 0.25 ? 'half' : 'none';
      return (
        <svg viewBox="0 0 20 20" width="16" height="16" class={`star ${fill}`} aria-hidden="true">
          <path
            class="star-ground"
            d="m10 1.8 2.5 5.3 5.8.7-4.3 4 1.2 5.8L10 14.7l-5.2 2.9L6 11.8l-4.3-4 5.8-.7z"
          />
          {fill !== 'none' && (
            <path
              class="star-fill"
              d={
                fill === 'full'
                  ? 'm10 1.8 2.5 5.3 5.8.7-4.3 4 1.2 5.8L10 14.7l-5.2 2.9L6 11.8l-4.3-4 5.8-.7z'
                  : 'M10 1.8v12.9l-5.2 2.9L6 11.8l-4.3-4 5.8-.7z'
              }
            />
          )}
        </svg>
      );
    })}
  </span>
);

export const Rating = ({ rating, t }: { rating: RatingView | undefined; t: Translate }) =>
  rating ? (
    <span class="rating">
      <Stars stars={rating.stars} label={ratingText(rating, t)} />
      <span class="rating-count" aria-hidden="true">
        ({rating.count})
      </span>
    </span>
  ) : null;

export const Price = ({ price, t }: { price: PriceView; t: Translate }) => (
  <span class="price">
    {price.regular !== undefined && (
      <>
        <span class="visually-hidden">{t('was')} </span>
        <s>{price.regular}</s> <span class="visually-hidden">{t('now')} </span>
      </>
    )}
    <span class={price.regular === undefined ? undefined : 'reduced'}>
      {price.isFrom && <span class="from">{t('from')} </span>}
      {price.text}
    </span>
  </span>
);

/** Reasons by code; the first of two names the product that the reason refers to. A newer service may give others. */
const BECAUSE: Readonly<Record<string, { readonly named?: Key; readonly plain?: Key }>> = {
  for_you: { plain: 'because_for_you' },
  viewed: { named: 'because_viewed' },
  in_cart: { named: 'because_in_cart' },
  bought: { named: 'because_bought' },
  similar: { named: 'because_similar' },
  bought_together: { named: 'because_bought_together' },
  buy_again: { plain: 'because_buy_again' },
  popular: { plain: 'because_popular' },
  popular_in_category: { plain: 'because_popular_in_category' },
  new: { plain: 'because_new' },
};

const Reason = ({ because, t }: { because: Because | undefined; t: Translate }) => {
  const { named, plain } = BECAUSE[because?.code ?? ''] ?? {};
  const name = because?.name;
  const text = named && name !== undefined ? t(named, { name }) : plain && t(plain);
  return text === undefined ? null : <p class="because">{text}</p>;
};

const SIZES = '(min-width: 70rem) 16rem, (min-width: 40rem) 30vw, 46vw';

interface CardProps {
  readonly product: Card;
  readonly isFirst: boolean;
  readonly heading: 'h2' | 'h3';
  readonly t: Translate;
}

export const ProductCard = ({ product, isFirst, heading: Heading, t }: CardProps) => (
  <>
    <div class="card-picture">
      <Picture picture={product.picture} isFirst={isFirst} sizes={SIZES} />
      {product.isSoldOut && <span class="tag">{t('sold_out')}</span>}
    </div>
    <p class="brand">{product.brand}</p>
    <Heading class="card-name">
      <a href={product.href}>{product.name}</a>
    </Heading>
    <Rating rating={product.rating} t={t} />
    <Price price={product.price} t={t} />
    <Reason because={product.because} t={t} />
  </>
);

interface GridProps {
  readonly products: readonly Card[];
  readonly t: Translate;
  /** Pictures of the first row are loaded at once. */
  readonly firstRow: number;
  readonly heading: 'h2' | 'h3';
}

export const ProductGrid = ({ products, t, firstRow, heading }: GridProps) => (
  <ul class="grid">
    {products.map((product, index) => (
      <li class="card">
        <ProductCard product={product} isFirst={index < firstRow} heading={heading} t={t} />
      </li>
    ))}
  </ul>
);
