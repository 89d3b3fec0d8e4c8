import type { Page } from '#contracts/pages/storefront.ts';
import type { Translate } from '../locales/texts.ts';

const headingOf = (page: Page, t: Translate): string => {
  switch (page.kind) {
    case 'home':
      return t('tagline');
    case 'listing':
      if (page.category) return page.category.name;
      return page.query === '' ? t('all_products') : t('results_for', { query: page.query });
    case 'collection':
      return page.title;
    case 'product':
      return `${page.name} – ${page.brand}`;
    case 'cart':
      return t('your_cart');
    case 'checkout':
      return t('checkout');
    case 'order':
      return t('order', { number: page.number });
    case 'track':
      return t('track_order');
    case 'account':
      return t('your_orders');
    case 'login':
      return t('log_in');
    case 'step-up':
      return t('step_up');
    case 'registration':
      return t('register');
    case 'password-reset':
      return t('reset_password');
    case 'email-confirmation':
      return t('confirm_email');
    case 'address':
    case 'order-address':
      return t('change_address');
    case 'review-form':
      return `${t('write_review')}: ${page.product?.text ?? ''}`;
    case 'question-form':
      return `${t('ask_question')}: ${page.product.text}`;
    case 'provider-profile':
      return t('profile');
    case 'returns':
    case 'reviews':
    case 'wish-list':
    case 'profile':
    case 'addresses':
    case 'cards':
    case 'sessions':
    case 'mails':
    case 'privacy':
      return t(page.kind);
  }
};

const hasFaults = (page: Page): boolean =>
  ('faults' in page && page.faults.length > 0) ||
  ('addressForm' in page && page.addressForm.faults.length > 0);

/** The title of a page; with its faults first, for those who hear it. */
export const titleOf = (page: Page, t: Translate): string =>
  `${hasFaults(page) ? `${t('error_prefix')} ` : ''}${headingOf(page, t)} · ${t('shop')}`;

const LONGEST = 160;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST).replace(/\s+\S*$/, '')} …`;

/** What search engines show below the title. */
export const descriptionOf = (page: Page, t: Translate): string => {
  if (page.kind === 'product') return shortened(page.description);
  if (page.kind === 'collection' && page.summary !== '') return shortened(page.summary);
  if (page.kind === 'listing' && page.category && page.category.description !== '')
    return shortened(page.category.description);
  if (page.kind === 'listing')
    return `${headingOf(page, t)}: ${t('products_count', { count: page.total })}. ${t('lead')}`;
  return t('lead');
};
