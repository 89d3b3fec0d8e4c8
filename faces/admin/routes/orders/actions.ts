import type { Schemas } from '../../api.ts';

type Order = Schemas['Order'];
type Action = Schemas['OrderAction'];

export type RefundAction = Schemas['RefundAction'];
export type ResolveCaseAction = Schemas['ResolveCaseAction'];
export type Case = NonNullable<Order['cases']>[number];

/** Several kinds may share a shape. */
type ActionOf<Kind, One = Action> = One extends Action ? (Kind extends One['action'] ? One : never) : never;

/** The action of a kind that the caller may do now, as the shop says; undefined if it is not possible. */
export const actionOf = <Kind extends Action['action']>(
  { actions }: Pick<Order, 'actions'>,
  kind: Kind,
): ActionOf<Kind> | undefined => actions.find((one): one is ActionOf<Kind> => one.action === kind);

export const resolutionOf = (
  { actions }: Pick<Order, 'actions'>,
  caseId: string,
): ResolveCaseAction | undefined =>
  actions.find((one): one is ResolveCaseAction => one.action === 'resolve_case' && one.case_id === caseId);

export const openCasesOf = ({ cases = [] }: Order): readonly Case[] =>
  cases.filter(({ state }) => state === 'open');

/** What others did to an order. */
export interface Changes {
  readonly status?: { readonly before: Order['status']; readonly now: Order['status'] };
  /** Major units. */
  readonly refunded?: { readonly before: number; readonly now: number };
  /** What was added to the timeline. */
  readonly entries: Order['timeline'];
}

/** What happened to an order since `before`; undefined if nothing did. */
export const changesSince = (before: Order, now: Order): Changes | undefined =>
  now.version === before.version
    ? undefined
    : {
        ...(now.status === before.status ? {} : { status: { before: before.status, now: now.status } }),
        ...(now.refunded_total === before.refunded_total
          ? {}
          : { refunded: { before: before.refunded_total, now: now.refunded_total } }),
        entries: now.timeline.slice(before.timeline.length),
      };

/** The orders before and after one in a list. */
export const neighboursOf = (
  ids: readonly string[],
  id: string,
): { readonly previous?: string; readonly next?: string } => {
  const at = ids.indexOf(id);
  const [previous, next] = at < 0 ? [] : [ids[at - 1], ids[at + 1]];
  return { ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }) };
};
