import {
  createRootRoute,
  createRoute,
  createRouter,
  notFound,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { parseAuditView } from './routes/audit/view.ts';
import { parseCollectionsView } from './routes/collections/view.ts';
import { parseHomeView } from './routes/home/view.ts';
import { parseMailsView } from './routes/mails/view.ts';
import { parseOrdersView } from './routes/orders/view.ts';
import { parseProductsView } from './routes/products/view.ts';
import { parseQuestionsView } from './routes/questions/view.ts';
import { parseReturnsView } from './routes/returns/view.ts';
import { parseReviewsView } from './routes/reviews/view.ts';
import { parseStockView } from './routes/stock/view.ts';
import { parseCustomersView, parseStaffView } from './routes/users/view.ts';
import { parseWebhookView } from './routes/webhooks/view.ts';
import { queryClient } from './query-client.ts';
import { screensFor } from './screens.ts';
import { mayOf, sessionQuery } from './session.ts';
import { Missing, Broken } from './shared/missing.tsx';

export { queryClient } from './query-client.ts';

/** The router takes what is thrown, though it is no error. */
const leave = (to: ReturnType<typeof redirect> | ReturnType<typeof notFound>): never => {
  // oxlint-disable-next-line typescript/only-throw-error
  throw to;
};

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Broken });

/** The browser comes back from the OIDC provider without a session. */
const FAILED = 'LOGIN_FAILED';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ to, notice }: Record<string, unknown>): { to?: string; notice?: typeof FAILED } => ({
    // A path of this application only, so that a link cannot lead elsewhere after the sign-in.
    ...(typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {}),
    ...(notice === FAILED ? { notice } : {}),
  }),
}).lazy(() => import('./routes/sign-in/sign-in.tsx').then(({ Route }) => Route));

/** Where a tab ends in which a user has proved at the OIDC provider who they are. */
const confirmed = createRoute({
  getParentRoute: () => root,
  path: '/confirmed',
}).lazy(() => import('./routes/sign-in/confirmed.tsx').then(({ Route }) => Route));

/** Pages for users who are signed in, with the menu. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.query({ ...sessionQuery, staleTime: 'static' });
    if (session === null)
      return leave(redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href } }));
    return { session };
  },
  notFoundComponent: Missing,
  errorComponent: Broken,
}).lazy(() => import('./routes/shell/shell.tsx').then(({ Route }) => Route));

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: ({ context: { session } }) => {
    const [first] = screensFor(session.permissions);
    if (first) leave(redirect({ to: first.to }));
    // Their roles count once there is one.
    if (session.second_factor?.['is_required'] === true) leave(redirect({ to: '/account' }));
  },
  component: Missing,
});

/** Without the permission there is no such page. */
const needs =
  (permission: string) =>
  ({
    context: { session },
  }: {
    readonly context: { readonly session: Parameters<typeof mayOf>[0] };
  }): void => {
    if (!mayOf(session, permission)) leave(notFound());
  };

/** Of the user; everybody has one. */
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
}).lazy(() => import('./routes/account/account.tsx').then(({ Route }) => Route));

const overview = createRoute({
  getParentRoute: () => shell,
  path: '/home',
  beforeLoad: needs('order:read'),
  validateSearch: parseHomeView,
}).lazy(() => import('./routes/home/home.tsx').then(({ Route }) => Route));

const needsYou = createRoute({
  getParentRoute: () => shell,
  path: '/needs-you',
  beforeLoad: ({ context: { session } }) => {
    if (!screensFor(session.permissions).some(({ to }) => to === '/needs-you')) leave(notFound());
  },
}).lazy(() => import('./routes/needs-you/list.tsx').then(({ Route }) => Route));

const orders = createRoute({
  getParentRoute: () => shell,
  path: '/orders',
  beforeLoad: needs('order:read'),
  validateSearch: parseOrdersView,
}).lazy(() => import('./routes/orders/list.tsx').then(({ Route }) => Route));

const order = createRoute({
  getParentRoute: () => shell,
  path: '/orders/$orderId',
  beforeLoad: needs('order:read'),
  validateSearch: parseOrdersView, // of the list that the order was opened from
}).lazy(() => import('./routes/orders/detail.tsx').then(({ Route }) => Route));

const returns = createRoute({
  getParentRoute: () => shell,
  path: '/returns',
  beforeLoad: needs('order:read'),
  validateSearch: parseReturnsView,
}).lazy(() => import('./routes/returns/list.tsx').then(({ Route }) => Route));

const stock = createRoute({
  getParentRoute: () => shell,
  path: '/stock',
  beforeLoad: needs('inventory:read'),
  validateSearch: parseStockView,
}).lazy(() => import('./routes/stock/stock.tsx').then(({ Route }) => Route));

const products = createRoute({
  getParentRoute: () => shell,
  path: '/products',
  beforeLoad: needs('catalog:read'),
  validateSearch: parseProductsView,
}).lazy(() => import('./routes/products/list.tsx').then(({ Route }) => Route));

const product = createRoute({
  getParentRoute: () => shell,
  path: '/products/$productId',
  beforeLoad: needs('catalog:read'),
}).lazy(() => import('./routes/products/detail.tsx').then(({ Route }) => Route));

const collections = createRoute({
  getParentRoute: () => shell,
  path: '/collections',
  beforeLoad: needs('catalog:write'),
  validateSearch: parseCollectionsView,
}).lazy(() => import('./routes/collections/list.tsx').then(({ Route }) => Route));

const collection = createRoute({
  getParentRoute: () => shell,
  path: '/collections/$collectionId',
  beforeLoad: needs('catalog:write'),
}).lazy(() => import('./routes/collections/detail.tsx').then(({ Route }) => Route));

const prices = createRoute({
  getParentRoute: () => shell,
  path: '/prices',
  beforeLoad: needs('catalog:write'),
}).lazy(() => import('./routes/prices/list.tsx').then(({ Route }) => Route));

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  beforeLoad: needs('catalog:write'),
  validateSearch: ({ after }: Record<string, unknown>): { after?: string | undefined } =>
    typeof after === 'string' && after !== '' ? { after } : {},
}).lazy(() => import('./routes/imports/list.tsx').then(({ Route }) => Route));

const importRoute = createRoute({
  getParentRoute: () => shell,
  path: '/imports/$importId',
  beforeLoad: needs('catalog:write'),
}).lazy(() => import('./routes/imports/detail.tsx').then(({ Route }) => Route));

const reviews = createRoute({
  getParentRoute: () => shell,
  path: '/reviews',
  beforeLoad: needs('review:read'),
  validateSearch: parseReviewsView,
}).lazy(() => import('./routes/reviews/reviews.tsx').then(({ Route }) => Route));

const questions = createRoute({
  getParentRoute: () => shell,
  path: '/questions',
  beforeLoad: needs('review:read'),
  validateSearch: parseQuestionsView,
}).lazy(() => import('./routes/questions/questions.tsx').then(({ Route }) => Route));

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  beforeLoad: needs('user:read'),
  validateSearch: parseCustomersView,
}).lazy(() => import('./routes/customers/list.tsx').then(({ Route }) => Route));

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$customerId',
  beforeLoad: needs('user:read'),
}).lazy(() => import('./routes/customers/detail.tsx').then(({ Route }) => Route));

const staff = createRoute({
  getParentRoute: () => shell,
  path: '/staff',
  beforeLoad: needs('user:read'),
  validateSearch: parseStaffView,
}).lazy(() => import('./routes/staff/list.tsx').then(({ Route }) => Route));

const member = createRoute({
  getParentRoute: () => shell,
  path: '/staff/$userId',
  beforeLoad: needs('user:read'),
}).lazy(() => import('./routes/staff/detail.tsx').then(({ Route }) => Route));

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  beforeLoad: needs('user:read'),
  validateSearch: parseAuditView,
}).lazy(() => import('./routes/audit/list.tsx').then(({ Route }) => Route));

const mails = createRoute({
  getParentRoute: () => shell,
  path: '/mails',
  beforeLoad: needs('notification:read'),
  validateSearch: parseMailsView,
}).lazy(() => import('./routes/mails/list.tsx').then(({ Route }) => Route));

const webhooks = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks',
  beforeLoad: needs('webhook:read'),
}).lazy(() => import('./routes/webhooks/list.tsx').then(({ Route }) => Route));

const webhook = createRoute({
  getParentRoute: () => shell,
  path: '/webhooks/$endpointId',
  beforeLoad: needs('webhook:read'),
  validateSearch: parseWebhookView,
}).lazy(() => import('./routes/webhooks/detail.tsx').then(({ Route }) => Route));

const system = createRoute({
  getParentRoute: () => shell,
  path: '/system',
  beforeLoad: needs('operations:read'),
}).lazy(() => import('./routes/system/list.tsx').then(({ Route }) => Route));

const saga = createRoute({
  getParentRoute: () => shell,
  path: '/system/orders/$orderId',
  beforeLoad: needs('saga:read'),
}).lazy(() => import('./routes/system/saga.tsx').then(({ Route }) => Route));

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    confirmed,
    shell.addChildren([
      home,
      account,
      overview,
      needsYou,
      orders,
      order,
      returns,
      stock,
      products,
      product,
      collections,
      collection,
      prices,
      imports,
      importRoute,
      reviews,
      questions,
      customers,
      customer,
      staff,
      member,
      audit,
      mails,
      webhooks,
      webhook,
      system,
      saga,
    ]),
  ]),
  basepath: '/admin',
  search: { strict: true }, // only what a page has parsed reaches it
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    readonly router: typeof router;
  }
  interface HistoryState {
    /** The cursors of the pages before this one, for the way back. */
    readonly trail?: readonly string[];
  }
}
