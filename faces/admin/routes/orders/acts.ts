import { api, auditReason, dataOf, type Schemas } from '../../api.ts';
import type { Session } from '../../session.ts';

export type Member = Schemas['Member'];

/** What staff do to orders, one or many. */
export type Act =
  | { readonly act: 'add_tag' | 'remove_tag'; readonly tag: string }
  | { readonly act: 'assign'; readonly assignee: Member }
  | { readonly act: 'hold'; readonly reason: string }
  | { readonly act: 'release' | 'ship' | 'unassign' | 'cancel' };

type Acted = Pick<Schemas['OrderSummary'], 'order_id' | 'number'>;

export interface Refusal {
  readonly orderId: string;
  readonly number: string;
  /** Of the problem. */
  readonly code: string;
  readonly detail: string;
}

export interface Outcome {
  /** How many orders are now as they should be. */
  readonly done: number;
  readonly refused: readonly Refusal[];
}

/** The results by order; an order without a result was not changed. */
export const outcomeOf = (orders: readonly Acted[], { items }: Schemas['ActResults']): Outcome => {
  const results = new Map(items.map((item) => [item.order_id, item]));
  const refused = orders.flatMap(({ order_id: orderId, number }) => {
    const result = results.get(orderId);
    if (result?.status === 'done') return [];
    return [{ orderId, number, code: result?.code ?? '', detail: result?.detail ?? '' }];
  });
  return { done: orders.length - refused.length, refused };
};

/**
 * Does something to up to 500 orders.
 * @param reason for the audit trail; may be empty
 */
export const actOn = async (orders: readonly Acted[], act: Act, reason = ''): Promise<Outcome> => {
  const body = { ...act, order_ids: orders.map(({ order_id: id }) => id) };
  const params = { header: auditReason(reason) };
  return outcomeOf(orders, await dataOf(api.POST('/api/v1/staff/orders/acts', { params, body })));
};

/** The user of a session, as orders are assigned to. */
export const memberOf = ({ user }: Pick<Session, 'user'>): Member => ({
  user_id: user.user_id,
  name: `${user.first_name} ${user.last_name}`.trim() || user.email,
});

/** The user first, then the other members of staff to whom orders are assigned, by name. */
export const assigneesOf = (
  orders: readonly Pick<Schemas['OrderSummary'], 'assignee'>[],
  me: Member,
): readonly Member[] => {
  const others = orders.flatMap(({ assignee }) =>
    assignee && assignee.user_id !== me.user_id ? [[assignee.user_id, assignee] as const] : [],
  );
  return [me, ...[...new Map(others).values()].sort((one, other) => one.name.localeCompare(other.name))];
};
