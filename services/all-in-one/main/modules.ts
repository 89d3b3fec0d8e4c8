import type { ServiceModule } from '#adapters/service/module.ts';
import { catalog } from '#catalog/main/module.ts';
import { inventory } from '#inventory/main/module.ts';
import { user } from '#user/main/module.ts';
import { cart } from '#cart/main/module.ts';
import { order } from '#order/main/module.ts';
import { payment } from '#payment/main/module.ts';
import { shipping } from '#shipping/main/module.ts';
import { search } from '#search/main/module.ts';
import { review } from '#review/main/module.ts';
import { media } from '#media/main/module.ts';
import { storefront } from '#storefront/main/module.ts';
import { analytics } from '#analytics/main/module.ts';
import { notification } from '#notification/main/module.ts';

/** The services of the shop, in the order in which they start. */
export const MODULES: readonly ServiceModule[] = [
  catalog,
  inventory,
  search,
  review,
  media,
  user,
  cart,
  order,
  payment,
  shipping,
  notification,
  analytics,
  storefront,
];

/** Those that have a schema in the database. */
export const STATEFUL = MODULES.filter(({ isStateless }) => isStateless !== true);
