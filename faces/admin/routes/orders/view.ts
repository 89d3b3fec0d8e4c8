import type { Schemas } from '../../api.ts';

export type Status = Schemas['Order']['status'];
export type View = Schemas['View'];
type Payment = Schemas['PaymentStatus'];

/** The tabs of the list, in their order. */
export const VIEWS = [
  'all',
  'to_ship',
  'on_hold',
  'needs_you',
  'pending',
  'shipped',
  'cancelled',
] as const satisfies readonly View[];

export const STATUSES = [
  'pending',
  'confirmed',
  'shipped',
  'delivered',
  'lost',
  'returned',
  'cancelled',
  'refunded',
] as const satisfies readonly Status[];

export const PAYMENTS = ['pending', 'authorized', 'captured', 'failed'] as const satisfies readonly Payment[];

export const CASES = ['any', 'lost', 'returned', 'overdue', 'cancel_unanswered', 'refund_failed'] as const;

export const SORTS = ['newest', 'oldest', 'updated', 'total'] as const;

/** The columns that can be hidden. */
export const COLUMNS = ['placed', 'customer', 'country', 'items', 'status', 'payment', 'total'] as const;

export type Column = (typeof COLUMNS)[number];

/** What the list shows, as it is in the URL; the defaults are left out. */
export interface OrdersView {
  readonly view?: Exclude<View, 'all'> | undefined;
  /** A number, a SKU, a tracking number, or the beginning of a name or e-mail address. */
  readonly q?: string | undefined;
  readonly status?: Status | undefined;
  readonly payment?: Payment | undefined;
  readonly case?: (typeof CASES)[number] | undefined;
  /** Days of the viewer's zone, both included: `2026-03-01`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Totals in major units, whatever their currency. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly carrier?: string | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | undefined;
  readonly customer?: string | undefined;
  readonly tag?: string | undefined;
  /** The ID of a member of staff. */
  readonly assignee?: string | undefined;
  /** The ID of a staff member; orders with a note that mentions them. */
  readonly mentioned?: string | undefined;
  readonly sort?: Exclude<(typeof SORTS)[number], 'newest'> | undefined;
  /** Hidden columns: `customer.items`. */
  readonly hide?: string | undefined;
  /** The cursor of the page. */
  readonly after?: string | undefined;
}

/** What narrows the list beyond its tab, in the order of the chips. */
export const FILTERS = [
  'status',
  'payment',
  'case',
  'from',
  'to',
  'min',
  'max',
  'carrier',
  'country',
  'customer',
  'tag',
  'assignee',
  'mentioned',
] as const satisfies readonly (keyof OrdersView)[];

export type Filter = (typeof FILTERS)[number];

const oneOf = <Name extends string>(names: readonly Name[], value: unknown): Name | undefined =>
  names.find((name) => name === value);

/** A router reads digits as a number. */
const text = (value: unknown, most: number): string | undefined => {
  const found = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return found === '' ? undefined : found.slice(0, most);
};

const matching = (value: unknown, pattern: RegExp): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Characters of a tag. */
export const MOST_TAG = 40;

const MOST_TOTAL = 20_000_000_000_000;

const total = (value: unknown): number | undefined => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && found >= 0 && found <= MOST_TOTAL ? found : undefined;
};

const isDay = (value: string | undefined): value is string =>
  value !== undefined && !Number.isNaN(Date.parse(value));

const day = (value: unknown): string | undefined => {
  const found = matching(value, /^\d{4}-\d\d-\d\d$/);
  return isDay(found) ? found : undefined;
};

const columnsIn = (value: unknown): readonly Column[] => {
  const names = typeof value === 'string' ? value.split('.') : [];
  return COLUMNS.filter((column) => names.includes(column));
};

/** What `hide` says of these columns. */
export const hiding = (columns: readonly Column[]): string | undefined =>
  columns.length === 0 ? undefined : columns.join('.');

export const hiddenIn = ({ hide }: OrdersView): readonly Column[] => columnsIn(hide);

/** From the search parameters of any URL: what is not understood is ignored. */
export const parseOrdersView = (search: Record<string, unknown>): OrdersView => {
  const view = {
    view: oneOf(
      VIEWS.filter((one) => one !== 'all'),
      search['view'],
    ),
    q: text(search['q'], 200),
    status: oneOf(STATUSES, search['status']),
    payment: oneOf(PAYMENTS, search['payment']),
    case: oneOf(CASES, search['case']),
    from: day(search['from']),
    to: day(search['to']),
    min: total(search['min']),
    max: total(search['max']),
    carrier: text(search['carrier'], 100),
    country: matching(search['country'], /^[A-Z]{2}$/),
    customer: matching(search['customer'], UUID),
    tag: text(search['tag'], MOST_TAG),
    assignee: matching(search['assignee'], UUID),
    mentioned: matching(search['mentioned'], UUID),
    sort: oneOf(
      SORTS.filter((one) => one !== 'newest'),
      search['sort'],
    ),
    hide: hiding(columnsIn(search['hide'])),
    after: text(search['after'], 2_000),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
};

/** The beginning of a day in the zone of the viewer, or of the day after. */
export const instantOf = (date: string, daysLater = 0): string => {
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, dayOfMonth + daysLater).toISOString();
};

/** As a tab shows it: counts end at 999. */
export const countText = (count: number): string => (count > 999 ? '999+' : String(count));
