import type { EmailConfirmationPage, PasswordResetPage } from '#contracts/pages/storefront.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { formFaults } from '../domain/form-faults.ts';
import { mailTokenIn } from '../domain/mail-token.ts';
import { framed, see, visited, type Outcome, type Pages, type Request } from './visited.ts';

/** A page that links of mails lead to with a token. */
export interface MailedLinks {
  showReset(request: Request): Promise<Outcome>;
  /** Says the same whether or not there is such an account. */
  requestReset(request: Request, email: string): Promise<Outcome>;
  /** @param mailed the token of the mail, or its link */
  setPassword(request: Request, mailed: string, password: string): Promise<Outcome>;
  showConfirmation(request: Request, notice: string | undefined): Promise<Outcome>;
  /** @param mailed the token of the mail, or its link */
  confirmEmail(request: Request, mailed: string): Promise<Outcome>;
}

const RESET: PasswordResetPage = { kind: 'password-reset', isSent: false, entered: {}, faults: [] };

const CONFIRMED = 'EMAIL_CONFIRMED';

const FIELDS: Readonly<Record<string, string>> = {
  INVALID_RESET_TOKEN: 'token',
  INVALID_EMAIL_TOKEN: 'token',
  WEAK_PASSWORD: 'password',
  new_password: 'password',
};

export const makeMailedLinks = (pages: Pages): MailedLinks => {
  const showReset = (request: Request, changes: Partial<PasswordResetPage> = {}): Promise<Outcome> =>
    framed(visited(pages, request), { ...RESET, ...changes });
  const showConfirmation = (request: Request, changes: Partial<EmailConfirmationPage>): Promise<Outcome> => {
    const page = { kind: 'email-confirmation', isConfirmed: false, entered: {}, faults: [] } as const;
    return framed(visited(pages, request), { ...page, ...changes });
  };
  return {
    showReset: (request) => showReset(request),
    requestReset: async (request, email) => {
      const requested = await visited(pages, request).shop.requestPasswordReset(normalizeEmail(email));
      return requested.ok
        ? showReset(request, { isSent: true })
        : showReset(request, { entered: { email }, faults: formFaults(requested.error, FIELDS) });
    },
    setPassword: async (request, mailed, password) => {
      const token = mailTokenIn(mailed);
      const set = await visited(pages, request).shop.resetPassword(token, password);
      if (set.ok) return see('/login?notice=PASSWORD_SET');
      return showReset(request, { isSent: true, entered: { token }, faults: formFaults(set.error, FIELDS) });
    },
    showConfirmation: (request, notice) => showConfirmation(request, { isConfirmed: notice === CONFIRMED }),
    confirmEmail: async (request, mailed) => {
      const token = mailTokenIn(mailed);
      const confirmed = await visited(pages, request).shop.confirmEmail(token);
      if (confirmed.ok) return see(`/confirm-email?notice=${CONFIRMED}`);
      return showConfirmation(request, { entered: { token }, faults: formFaults(confirmed.error, FIELDS) });
    },
  };
};
