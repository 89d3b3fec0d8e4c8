import type { Schemas } from '../../api.ts';

export type Status = Schemas['Order']['status'];

const STATUSES = [
  'pending',
  'confirmed',
  'shipped',
  'delivered',
  'lost',
  'returned',
  'cancelled',
  'refunded',
] as const satisfies readonly Status[];

/** The tabs of the list, in their order. */
export const VIEWS = ['all', ...STATUSES] as const;

export type View = (typeof VIEWS)[number];

/** What the list shows, as it is in the URL; the defaults are left out. */
export interface OrdersView {
  readonly view?: Exclude<View, 'all'> | undefined;
  /** The cursor of the page. */
  readonly after?: string | undefined;
}

/** From the search parameters of any URL: what is not understood is ignored. */
export const parseOrdersView = ({ view, after }: Record<string, unknown>): OrdersView => {
  const status = STATUSES.find((one) => one === view);
  return {
    ...(status === undefined ? {} : { view: status }),
    ...(typeof after === 'string' && after !== '' ? { after } : {}),
  };
};
