import { dayOf, defined, oneOf, textOf, uuidOf } from '../../shared/search-params.ts';

/** What acts are about, as the API groups them. */
export const CATEGORIES = [
  'accounts',
  'catalogue',
  'media',
  'money',
  'operations',
  'orders',
  'reviews',
  'stock',
  'webhooks',
] as const;

/** What the list shows, as it is in the URL. */
export interface AuditView {
  readonly actor?: string | undefined;
  readonly category?: (typeof CATEGORIES)[number] | undefined;
  readonly service?: string | undefined;
  /** An `operationId`. */
  readonly operation?: string | undefined;
  /** Of the changed record, such as `product`. */
  readonly kind?: string | undefined;
  /** The ID of the changed record. */
  readonly subject?: string | undefined;
  readonly correlation?: string | undefined;
  /** Days of the viewer's zone, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly after?: string | undefined;
  /** The entry that is open. */
  readonly entry?: string | undefined;
}

/** What narrows the list, in the order of the chips. */
export const FILTERS = [
  'actor',
  'category',
  'service',
  'operation',
  'kind',
  'subject',
  'correlation',
  'from',
  'to',
] as const satisfies readonly (keyof AuditView)[];

export type Filter = (typeof FILTERS)[number];

export const parseAuditView = (search: Record<string, unknown>): AuditView =>
  defined({
    actor: textOf(search['actor'], 255),
    category: oneOf(CATEGORIES, search['category']),
    service: textOf(search['service'], 40),
    operation: textOf(search['operation'], 80),
    kind: textOf(search['kind'], 40),
    subject: textOf(search['subject'], 100),
    correlation: textOf(search['correlation'], 200),
    from: dayOf(search['from']),
    to: dayOf(search['to']),
    after: textOf(search['after'], 3_000),
    entry: uuidOf(search['entry']),
  });

type Properties = Readonly<Record<string, unknown>>;

export interface Change {
  readonly property: string;
  /** Undefined where there is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const shown = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
};

/** The properties of a record before and after, side by side, by name. */
export const changesOf = (before: Properties = {}, after: Properties = {}): readonly Change[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((property) => ({ property, before: shown(before[property]), after: shown(after[property]) }));
