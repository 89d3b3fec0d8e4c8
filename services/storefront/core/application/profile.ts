import type { Entered, FormFault, Page, ProfilePage } from '#contracts/pages/storefront.ts';
import { normalizeEmail } from '#kernel/email.ts';
import { formFaults } from '../domain/form-faults.ts';
import type { PasswordChange } from '../ports/account.ts';
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

/** Name, e-mail address and password of a customer. Users of the OIDC provider see what it says of them. */
export interface ProfilePages {
  show(request: Request, customer: Customer, notice: string | undefined): Promise<Outcome>;
  changeName(request: Request, customer: Customer, name: Name): Promise<Outcome>;
  /** The address stays until the link that is mailed to the new one was followed. */
  changeEmail(request: Request, customer: Customer, email: string, password: string): Promise<Outcome>;
  mailConfirmation(request: Request, customer: Customer): Promise<Outcome>;
  /** The session goes on, and all others end. */
  changePassword(request: Request, customer: Customer, change: PasswordChange): Promise<Outcome>;
}

export interface Name {
  readonly firstName: string;
  readonly lastName: string;
}

const PATH = '/account/profile';

const told = (notice: string): Outcome => see(`${PATH}?notice=${notice}`);

const fieldsOf = ({ firstName, lastName }: Name): Entered =>
  Object.fromEntries([
    ['first_name', firstName],
    ['last_name', lastName],
  ]);

export const makeProfilePages = (pages: Pages): ProfilePages => {
  const show = async (
    request: Request,
    { userId }: Customer,
    {
      notice,
      entered,
      faults,
    }: { notice?: string | undefined; entered?: Entered; faults?: readonly FormFault[] },
  ): Promise<Outcome> => {
    const now = visited(pages, { ...request, path: PATH });
    const [profile, visitor] = await Promise.all([now.shop.profile(userId), visitorOf(now)]);
    const page: ProfilePage = {
      kind: 'profile',
      notice,
      email: profile.email,
      isEmailConfirmed: profile.isEmailConfirmed,
      entered: { ...fieldsOf(profile), ...entered },
      faults: faults ?? [],
    };
    return framed(now, page, { visitor });
  };
  return {
    show: async (request, customer, notice) => {
      if (!request.visit.isOfProvider) return show(request, customer, { notice });
      const now = visited(pages, { ...request, path: PATH });
      const page: Page = { kind: 'provider-profile', name: customer.name, email: customer.email };
      return framed(now, page, { visitor: await visitorOf(now) });
    },
    changeName: async (request, customer, name) => {
      const { firstName, lastName } = name;
      const changed = await visited(pages, request).shop.changeName(customer.userId, firstName, lastName);
      if (changed.ok) return told('SAVED');
      const faults = formFaults(changed.error, Object.fromEntries([['INVALID_NAME', 'first_name']]));
      return show(request, customer, { entered: fieldsOf(name), faults });
    },
    changeEmail: async (request, customer, entered, password) => {
      const email = normalizeEmail(entered);
      const changed = await visited(pages, request).shop.changeEmail(customer.userId, email, password);
      if (changed.ok) return told('EMAIL_MAILED');
      const faults = formFaults(changed.error, {
        WRONG_PASSWORD: 'email_password',
        current_password: 'email_password',
        new_email: 'email',
      });
      return show(request, customer, { entered: { email: entered }, faults });
    },
    mailConfirmation: async (request, customer) => {
      const mailed = await visited(pages, request).shop.mailConfirmation(customer.userId);
      return told(mailed.ok ? 'CONFIRMATION_MAILED' : mailed.error.code);
    },
    changePassword: async (request, customer, change) => {
      const changed = await visited(pages, request).shop.changePassword(customer.userId, change);
      if (!changed.ok) {
        const fields = {
          WRONG_PASSWORD: 'current_password',
          WEAK_PASSWORD: 'password',
          new_password: 'password',
        };
        return show(request, customer, { faults: formFaults(changed.error, fields) });
      }
      const device = changed.value;
      return see(`${PATH}?notice=PASSWORD_CHANGED`, device === undefined ? undefined : { device });
    },
  };
};
