import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Clock } from '#kernel/clock.ts';
import type { GatewayStore } from './store.ts';
import { TEST_CARDS } from './test-cards.ts';
import { tokenise } from './tokenise.ts';

/** `GET /pay` and `POST /pay`: a page on which the card is entered, so that no page of the shop ever sees its number. */
export const PAY_PATH = '/pay';

export interface PayPageOptions {
  readonly store: Pick<GatewayStore, 'addToken'>;
  readonly clock: Clock;
  /** Origins to which it may return; if empty, those of this machine. */
  readonly returnOrigins: readonly string[];
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
}

type Language = 'en' | 'de';

const TEXTS = {
  en: {
    title: 'Enter your card',
    about: 'You are on the page of a mock payment provider. Nothing is charged.',
    number: 'Card number',
    expiry: 'Expiry (MM/YY)',
    cvc: 'Security code',
    submit: 'Use this card',
    back: 'Back to the shop',
    test: 'Cards for tests',
    invalid_number: 'This card number is not valid.',
    expired_card: 'This card has expired.',
    invalid_request: 'Please check what you have entered.',
  },
  de: {
    title: 'Karte eingeben',
    about: 'Sie sind auf der Seite eines nachgebildeten Zahlungsanbieters. Nichts wird belastet.',
    number: 'Kartennummer',
    expiry: 'Gültig bis (MM/JJ)',
    cvc: 'Prüfnummer',
    submit: 'Diese Karte verwenden',
    back: 'Zurück zum Shop',
    test: 'Karten zum Testen',
    invalid_number: 'Diese Kartennummer ist ungültig.',
    expired_card: 'Diese Karte ist abgelaufen.',
    invalid_request: 'Bitte prüfen Sie Ihre Eingaben.',
  },
} as const;

const STYLE =
  ':root{color-scheme:light dark}*{box-sizing:border-box}' +
  'body{font:1rem/1.55 system-ui,sans-serif;margin:0;background:light-dark(#f3f4f8,#14161c)}' +
  'main{width:min(26rem,100% - 2rem);margin:8vh auto;padding:1.5rem;border-radius:.9rem;background:light-dark(#fff,#1e212a)}' +
  'h1{font-size:1.4rem;line-height:1.25;margin:0 0 .5rem}p{margin:0 0 1rem}label{display:block;font-weight:600;margin-bottom:.3rem}' +
  'input{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid light-dark(#82879a,#8b91a5);border-radius:.5rem;padding:.6rem .75rem;margin-bottom:1rem}' +
  '.row{display:grid;grid-template-columns:1fr 1fr;gap:1rem}' +
  'button{width:100%;min-height:2.9rem;font:inherit;font-weight:600;border:0;border-radius:2rem;background:light-dark(#33408f,#aab6ff);color:light-dark(#fff,#12163a);cursor:pointer}' +
  'a{color:light-dark(#33408f,#aab6ff)}.fault{color:light-dark(#a3251b,#ff9d92);font-weight:600}:focus-visible{outline:3px solid light-dark(#33408f,#aab6ff);outline-offset:2px}' +
  'code{white-space:nowrap}li{margin-bottom:.35rem}ul{padding-left:1.1rem;margin:.75rem 0 0;font-size:.9rem}summary{cursor:pointer}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const isAllowed = ({ protocol, hostname, origin }: URL, origins: readonly string[]): boolean =>
  origins.length > 0
    ? origins.includes(origin)
    : protocol === 'http:' && (LOOPBACK.includes(hostname) || hostname.endsWith('.localhost'));

const headersFor = (shop: URL): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  // The browser applies `form-action` to the redirect back as well.
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${shop.origin}; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
});

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const pageOf = (language: Language, returnTo: string, fault: string | undefined): string => {
  const t = TEXTS[language];
  const hidden = (name: string, value: string): string =>
    `<input type="hidden" name="${name}" value="${escaped(value)}">`;
  const field = (name: string, label: string, more: string): string =>
    `<div><label for="${name}">${label}</label><input id="${name}" name="${name}" inputmode="numeric" required ${more}></div>`;
  const cards = TEST_CARDS.map(
    ({ number, behaviour }) => `<li><code>${number}</code> ${escaped(behaviour)}</li>`,
  );
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<meta name="robots" content="noindex"><title>${t.title}</title><style>${STYLE}</style></head><body><main><h1>${t.title}</h1><p>${t.about}</p>` +
    (fault === undefined ? '' : `<p class="fault" role="alert">${escaped(fault)}</p>`) +
    `<form method="post" action="${PAY_PATH}">${hidden('return_to', returnTo)}${hidden('language', language)}` +
    field('number', t.number, 'autocomplete="cc-number" maxlength="40" autofocus') +
    `<div class="row">${field('expiry', t.expiry, 'autocomplete="cc-exp" maxlength="7" placeholder="12/31" pattern="\\s*\\d{1,2}\\s*/\\s*(20)?\\d{2}\\s*"')}` +
    `${field('cvc', t.cvc, 'autocomplete="cc-csc" maxlength="4" pattern="\\d{3,4}"')}</div>` +
    `<button type="submit">${t.submit}</button></form>` +
    `<p></p><p><a href="${escaped(returnTo)}">${t.back}</a></p><details><summary>${t.test}</summary><ul>${cards.join('')}</ul></details></main></body></html>`
  );
};

const REFUSED: PageAnswer = {
  status: 400,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  text: 'return_to is not the address of a shop that uses this payment provider.\n',
};

const HUNDRED = 2_000;

/** `12/31` or `12/2031`. */
const expiryOf = (text: string): { exp_month: number; exp_year: number } | undefined => {
  const { month, year } = /^\s*(?<month>\d{1,2})\s*\/\s*(?:20)?(?<year>\d{2})\s*$/.exec(text)?.groups ?? {};
  return month === undefined || year === undefined
    ? undefined
    : { exp_month: Number(month), exp_year: HUNDRED + Number(year) };
};

/** Shows the form, or exchanges what was entered for a single-use token and returns to the shop with it. */
export const answerPayPage = async (
  request: Pick<IncomingMessage, 'method' | 'url'>,
  body: string,
  { store, clock, returnOrigins }: PayPageOptions,
): Promise<PageAnswer> => {
  const isPost = request.method === 'POST';
  const form = isPost
    ? new URLSearchParams(body)
    : new URL(request.url ?? '', 'http://localhost').searchParams;
  const wanted = form.get('return_to') ?? '';
  const shop = URL.canParse(wanted) ? new URL(wanted) : undefined;
  if (!shop || !isAllowed(shop, returnOrigins)) return REFUSED;
  const language = form.get('language') === 'de' ? 'de' : 'en';
  const show = (status: number, fault?: string): PageAnswer => ({
    status,
    headers: headersFor(shop),
    text: pageOf(language, shop.href, fault),
  });
  if (!isPost) return show(200);
  const card = { number: form.get('number'), ...expiryOf(form.get('expiry') ?? ''), cvc: form.get('cvc') };
  const token = tokenise(card, `tok_${randomBytes(24).toString('base64url')}`, clock.now());
  if (!token.ok) return show(422, TEXTS[language][token.error.code]);
  await store.addToken(token.value);
  shop.searchParams.set('payment_token', token.value.token);
  const { brand, last4 } = token.value.card;
  shop.searchParams.set('card', `${brand} •••• ${last4}`);
  return { status: 303, headers: { location: shop.href, 'cache-control': 'no-store' } };
};
