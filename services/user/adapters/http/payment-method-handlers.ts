import type { Handlers } from '#adapters/http/operations.ts';
import type { components, operations } from '#openapi/generated/user.ts';
import type {
  makeAddPaymentMethod,
  makeChooseDefaultPaymentMethod,
  makeListPaymentMethods,
  makeRemovePaymentMethod,
  makeUsePaymentMethod,
  ShownPaymentMethod,
} from '../../core/application/payment-methods.ts';
import { mayChange, mayRead } from './access.ts';
import type { UserCode } from './errors.ts';

export interface PaymentMethodUseCases {
  readonly addPaymentMethod: ReturnType<typeof makeAddPaymentMethod>;
  readonly listPaymentMethods: ReturnType<typeof makeListPaymentMethods>;
  readonly chooseDefaultPaymentMethod: ReturnType<typeof makeChooseDefaultPaymentMethod>;
  readonly removePaymentMethod: ReturnType<typeof makeRemovePaymentMethod>;
  readonly usePaymentMethod: ReturnType<typeof makeUsePaymentMethod>;
}

type PaymentMethodOperations = Pick<
  operations,
  | 'addPaymentMethod'
  | 'listPaymentMethods'
  | 'chooseDefaultPaymentMethod'
  | 'removePaymentMethod'
  | 'usePaymentMethod'
>;

const NOT_KEPT = { 'Cache-Control': 'no-store' };

const fromMethod = (method: ShownPaymentMethod): components['schemas']['PaymentMethod'] => ({
  payment_method_id: method.paymentMethodId,
  brand: method.brand,
  last4: method.last4,
  exp_month: method.expMonth,
  exp_year: method.expYear,
  is_default: method.isDefault,
  added_at: method.addedAt,
});

export const makePaymentMethodHandlers = (
  wallet: PaymentMethodUseCases,
): Handlers<PaymentMethodOperations, UserCode> => ({
  listPaymentMethods: async ({ path, principal }) => {
    const allowed = mayRead(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const listed = await wallet.listPaymentMethods(path.user_id);
    return listed.ok ? { status: 200, body: { items: listed.value.map(fromMethod) } } : listed;
  },
  addPaymentMethod: async ({ path, body, principal, idempotency }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const {
      token,
      brand,
      last4,
      exp_month: expMonth,
      exp_year: expYear,
      is_default: isDefault = false,
    } = body;
    const method = { token, brand, last4, expMonth, expYear, isDefault };
    const added = await wallet.addPaymentMethod(path.user_id, method, idempotency);
    if (!added.ok) return added;
    const location = `/api/v1/users/${path.user_id}/payment-methods/${added.value.paymentMethodId}`;
    return { status: 201, headers: { Location: location }, body: fromMethod(added.value) };
  },
  chooseDefaultPaymentMethod: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const chosen = await wallet.chooseDefaultPaymentMethod(path.user_id, path.payment_method_id);
    return chosen.ok ? { status: 204 } : chosen;
  },
  removePaymentMethod: async ({ path, principal }) => {
    const allowed = mayChange(principal, path.user_id);
    if (!allowed.ok) return allowed;
    const removed = await wallet.removePaymentMethod(path.user_id, path.payment_method_id);
    return removed.ok ? { status: 204 } : removed;
  },
  usePaymentMethod: async ({ path }) => {
    const token = await wallet.usePaymentMethod(path.user_id, path.payment_method_id);
    return token.ok ? { status: 200, headers: NOT_KEPT, body: { payment_token: token.value } } : token;
  },
});
