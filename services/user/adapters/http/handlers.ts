import type { Handlers } from '#adapters/http/operations.ts';
import type { SecurityLog } from '#adapters/observability/security-log.ts';
import type { operations } from '#openapi/generated/user.ts';
import { makeAccountHandlers, type AccountUseCases } from './account-handlers.ts';
import { makeAuditHandlers, type AuditUseCases } from './audit-handlers.ts';
import { makeAddressHandlers, type AddressUseCases } from './address-handlers.ts';
import type { UserCode } from './errors.ts';
import { makeFactorHandlers, type FactorUseCases } from './factor-handlers.ts';
import { makeEmailHandlers, type EmailUseCases } from './email-handlers.ts';
import { makePaymentMethodHandlers, type PaymentMethodUseCases } from './payment-method-handlers.ts';
import { makePasswordHandlers, type PasswordUseCases } from './password-handlers.ts';
import { makePrivacyHandlers, type PrivacyUseCases } from './privacy-handlers.ts';
import { makeStaffHandlers, type StaffUseCases } from './staff-handlers.ts';
import { makeViewHandlers, type ViewUseCases } from './view-handlers.ts';
import { makeWishHandlers, type WishUseCases } from './wish-handlers.ts';
import { makeSessionHandlers, type PublicKey, type SessionUseCases } from './session-handlers.ts';

export type UserUseCases = AccountUseCases &
  EmailUseCases &
  FactorUseCases &
  PasswordUseCases &
  PaymentMethodUseCases &
  SessionUseCases &
  StaffUseCases &
  ViewUseCases &
  WishUseCases &
  PrivacyUseCases &
  AuditUseCases &
  AddressUseCases;

/** @param key the public half of the one that signs access tokens */
export const makeHandlers = (
  useCases: UserUseCases,
  key: PublicKey,
  security: SecurityLog,
): Handlers<operations, UserCode> => ({
  ...makeAccountHandlers(useCases),
  ...makeEmailHandlers(useCases, security),
  ...makeFactorHandlers(useCases, security),
  ...makePasswordHandlers(useCases, security),
  ...makeSessionHandlers(useCases, key, security),
  ...makeAddressHandlers(useCases),
  ...makePaymentMethodHandlers(useCases),
  ...makeStaffHandlers(useCases),
  ...makeViewHandlers(useCases),
  ...makeWishHandlers(useCases),
  ...makePrivacyHandlers(useCases, security),
  ...makeAuditHandlers(useCases, security),
});
