import { isUser } from '#adapters/auth/principal.ts';
import type { Handlers } from '#adapters/http/operations.ts';
import { toDecimal } from '#kernel/money.ts';
import type { components, operations } from '#openapi/generated/notification.ts';
import type { makeUnwatchProduct, makeWatchProduct } from '../../core/application/alerts.ts';
import type { Alert } from '../../core/domain/alert.ts';
import type { AlertQueries } from '../../core/ports/alerts.ts';
import type { NotificationCode } from './errors.ts';
import { NOT_YOURS } from './preferences.ts';

export interface AlertUseCases {
  readonly alerts: Pick<AlertQueries, 'ofUser'>;
  readonly watchProduct: ReturnType<typeof makeWatchProduct>;
  readonly unwatchProduct: ReturnType<typeof makeUnwatchProduct>;
}

type Operation = 'listAlerts' | 'putAlert' | 'deleteAlert';

const fromAlert = ({ variantId, sku, isForStock, below }: Alert): components['schemas']['Alert'] => ({
  variant_id: variantId,
  sku,
  on_stock: isForStock,
  on_price: below !== undefined,
  ...(below && { below: toDecimal(below), currency: below.currency }),
});

export const makeAlertHandlers = ({
  alerts,
  watchProduct,
  unwatchProduct,
}: AlertUseCases): Pick<Handlers<operations, NotificationCode>, Operation> => ({
  listAlerts: async ({ principal, path }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    const items = (await alerts.ofUser(path.user_id)).map(fromAlert);
    return { status: 200, body: { items } };
  },
  putAlert: async ({ principal, path, body }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    const watched = await watchProduct({
      userId: path.user_id,
      variantId: path.variant_id,
      isForStock: body.on_stock,
      isForPrice: body.on_price,
    });
    return watched.ok ? { status: 200, body: fromAlert(watched.value) } : watched;
  },
  deleteAlert: async ({ principal, path }) => {
    if (!isUser(principal, path.user_id)) return NOT_YOURS;
    await unwatchProduct(path.user_id, path.variant_id);
    return { status: 204 };
  },
});
