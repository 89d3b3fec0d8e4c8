import type { Result } from '#kernel/result.ts';
import type { MailsPage } from '#contracts/pages/storefront.ts';
import type { Language } from '../ports/shop.ts';
import {
  framed,
  see,
  visited,
  visitorOf,
  type Customer,
  type Outcome,
  type Pages,
  type Request,
} from './visited.ts';

/** What the shop knows about a customer, and which mails it sends them. */
export interface Privacy {
  show(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  /** The file, or a page that says why there is none. */
  exportData(
    request: Request,
    customer: Customer,
    password: string | undefined,
  ): Promise<Result<AsyncIterable<Uint8Array>, Outcome>>;
  /** Ends the account and the session. */
  erase(request: Request, customer: Customer, erasure: Erasure): Promise<Outcome>;
  showMails(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  /** @param kinds those that are wanted */
  chooseMails(
    request: Request,
    customer: Customer,
    language: Language,
    kinds: readonly string[],
  ): Promise<Outcome>;
}

export interface Erasure {
  /** Absent for users of the OIDC provider, who have no password here. */
  readonly password: string | undefined;
  /** Whether the customer has confirmed that it cannot be undone. */
  readonly isConfirmed: boolean;
}

const PATH = '/account/privacy';
const MAILS = '/account/mails';

const refusedWith = (code: string): Outcome => see(`${PATH}?notice=${code}`);

export const makePrivacy = (pages: Pages): Privacy => ({
  show: async (request, _customer, notice) => {
    const now = visited(pages, { ...request, path: PATH });
    const needsPassword = !request.visit.isOfProvider;
    return framed(now, { kind: 'privacy', notice, needsPassword }, { visitor: await visitorOf(now) });
  },
  exportData: async (request, { userId }, password) => {
    const exported = await visited(pages, request).shop.exportData(userId, password);
    return exported.ok ? exported : { ok: false, error: refusedWith(exported.error.code) };
  },
  erase: async (request, { userId }, { password, isConfirmed }) => {
    if (!isConfirmed) return refusedWith('NOT_CONFIRMED');
    const erased = await visited(pages, request).shop.erase(userId, password);
    return erased.ok ? see('/login?notice=ERASED', { ended: true }) : refusedWith(erased.error.code);
  },
  showMails: async (request, { userId }, notice) => {
    const now = visited(pages, { ...request, path: MAILS });
    const [choices, visitor] = await Promise.all([now.shop.mails(userId), visitorOf(now)]);
    const page: MailsPage = { kind: 'mails', notice, ...choices };
    return framed(now, page, { visitor });
  },
  chooseMails: async (request, { userId }, language, kinds) => {
    const chosen = await visited(pages, request).shop.chooseMails(userId, language, kinds);
    return see(`${MAILS}?notice=${chosen.ok ? 'SAVED' : chosen.error.code}`);
  },
});
