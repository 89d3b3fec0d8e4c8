import { renderToString } from 'preact-render-to-string';
import type {
  Assets,
  Page,
  PageFrame,
  RenderManifest,
  RenderOwnReview,
  RenderPage,
  RenderShelf,
  RenderVisitor,
} from '#contracts/pages/storefront.ts';
import { OfProvider } from '../components/account-frame.tsx';
import { Document } from '../components/document.tsx';
import { ProductShelf } from '../components/product-shelf.tsx';
import { VisitorLinks } from '../components/visitor-links.tsx';
import { textsFor, type Translate } from '../locales/texts.ts';
import { Account } from './account.tsx';
import { Cards, Sessions } from './account-lists.tsx';
import { Address, Addresses } from './addresses.tsx';
import { Cart } from './cart.tsx';
import { Checkout } from './checkout.tsx';
import { Collection } from './collection.tsx';
import { EmailConfirmation } from './email-confirmation.tsx';
import { Home } from './home.tsx';
import { Listing } from './listing.tsx';
import { Login } from './login.tsx';
import { OwnReviewPart, OwnReviews, QuestionForm, ReviewForm } from './opinions.tsx';
import { Order } from './order.tsx';
import { OrderAddress } from './order-address.tsx';
import { PasswordReset } from './password-reset.tsx';
import { Mails, Privacy } from './privacy.tsx';
import { Product } from './product.tsx';
import { Profile, ProviderProfile } from './profile.tsx';
import { OwnReturns } from './returns.tsx';
import { Registration } from './registration.tsx';
import { StepUp } from './step-up.tsx';
import { Track } from './track.tsx';
import { WishList } from './wish-list.tsx';

/** The ground of the icon. */
const GREEN = '#0b5d4f';

const contentOf = (page: Page, t: Translate) => {
  switch (page.kind) {
    case 'home':
      return <Home page={page} t={t} />;
    case 'listing':
      return <Listing page={page} t={t} />;
    case 'collection':
      return <Collection page={page} t={t} />;
    case 'product':
      return <Product page={page} t={t} />;
    case 'cart':
      return <Cart page={page} t={t} />;
    case 'checkout':
      return <Checkout page={page} t={t} />;
    case 'order':
      return <Order page={page} t={t} />;
    case 'order-address':
      return <OrderAddress page={page} t={t} />;
    case 'track':
      return <Track page={page} t={t} />;
    case 'account':
      return <Account page={page} t={t} />;
    case 'login':
      return <Login page={page} t={t} />;
    case 'step-up':
      return <StepUp page={page} t={t} />;
    case 'registration':
      return <Registration page={page} t={t} />;
    case 'password-reset':
      return <PasswordReset page={page} t={t} />;
    case 'email-confirmation':
      return <EmailConfirmation page={page} t={t} />;
    case 'profile':
      return <Profile page={page} t={t} />;
    case 'provider-profile':
      return <ProviderProfile page={page} t={t} />;
    case 'addresses':
      return <Addresses page={page} t={t} />;
    case 'address':
      return <Address page={page} t={t} />;
    case 'cards':
      return <Cards page={page} t={t} />;
    case 'sessions':
      return <Sessions page={page} t={t} />;
    case 'mails':
      return <Mails page={page} t={t} />;
    case 'wish-list':
      return <WishList page={page} t={t} />;
    case 'reviews':
      return <OwnReviews page={page} t={t} />;
    case 'returns':
      return <OwnReturns page={page} t={t} />;
    case 'review-form':
      return <ReviewForm page={page} t={t} />;
    case 'question-form':
      return <QuestionForm page={page} t={t} />;
    case 'privacy':
      return <Privacy page={page} t={t} />;
  }
};

export const renderPage: RenderPage = (frame: PageFrame, assets: Assets): string => {
  const t = textsFor(frame.language);
  return `<!doctype html>${renderToString(
    <Document frame={frame} assets={assets} t={t}>
      <OfProvider.Provider value={frame.visitor?.isOfProvider === true}>
        {contentOf(frame.page, t)}
      </OfProvider.Provider>
    </Document>,
  )}`;
};

export const renderVisitor: RenderVisitor = (visitor, language) =>
  renderToString(<VisitorLinks visitor={visitor} t={textsFor(language)} />);

export const renderOwnReview: RenderOwnReview = (review, language) =>
  renderToString(<OwnReviewPart review={review} t={textsFor(language)} />);

export const renderShelf: RenderShelf = (shelf, language) =>
  renderToString(<ProductShelf shelf={shelf} t={textsFor(language)} />);

export const renderManifest: RenderManifest = ({ icon }, language) => {
  const t = textsFor(language);
  const names = Object.fromEntries([
    ['short_name', t('shop')],
    ['start_url', '/'],
    ['theme_color', GREEN],
    ['background_color', GREEN],
  ]);
  return JSON.stringify({
    name: `${t('shop')} – ${t('tagline')}`,
    ...names,
    lang: language,
    display: 'minimal-ui',
    icons: [{ src: icon, type: 'image/svg+xml', sizes: 'any' }],
  });
};
