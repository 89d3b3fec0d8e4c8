import { hasRole, isUser, type Principal } from '#adapters/auth/principal.ts';
import { etag, type Handlers } from '#adapters/http/operations.ts';
import { dayAt } from '#kernel/local-days.ts';
import type { Clock } from '#kernel/clock.ts';
import { refuse } from '#kernel/result.ts';
import type { components, operations } from '#openapi/generated/order.ts';
import type { Asked, CommandOrder } from '../../core/application/command-order.ts';
import type {
  ActResult,
  makeAddNote,
  makeFileOrders,
  makeRemoveNote,
} from '../../core/application/keep-staff-files.ts';
import { figuresOf, periodBefore, periodUntil } from '../../core/domain/figures.ts';
import { VIEW_NAMES, VIEWS, type OrderFilter } from '../../core/domain/listing.ts';
import type { Order } from '../../core/domain/order.ts';
import { emptyFile, normalizeTag, type Member } from '../../core/domain/staff-file.ts';
import type { Patience } from '../../core/domain/tasks.ts';
import type { OrderQueries } from '../../core/ports/order-queries.ts';
import type { StaffFileQueries } from '../../core/ports/staff-files.ts';
import type { AskingFor } from './asking.ts';
import type { OrderCode } from './errors.ts';
import { fromNote, fromOrder, fromStaffOrder, fromSummaries, shownVersion } from './mapping.ts';
import { fromFigures } from './figures.ts';
import { fromSaga } from './saga.ts';

export interface StaffUseCases {
  readonly queries: OrderQueries;
  readonly files: StaffFileQueries;
  readonly patience: Patience;
  readonly clock: Clock;
  /** In which the shop's days begin. */
  readonly timeZone: string;
  readonly commandOrder: CommandOrder;
  readonly addNote: ReturnType<typeof makeAddNote>;
  readonly removeNote: ReturnType<typeof makeRemoveNote>;
  readonly fileOrders: ReturnType<typeof makeFileOrders>;
  readonly printPackingSlips: (orders: readonly Order[]) => Promise<Uint8Array>;
}

type Schemas = components['schemas'];

/** More orders of a view are not counted. */
const MOST_COUNTED = 1_000;

type StaffQuery = NonNullable<operations['listStaffOrders']['parameters']['query']>;

const toFilter = (query: StaffQuery): OrderFilter => ({
  q: query.q,
  placedFrom: asUtc(query.placed_from),
  placedTo: asUtc(query.placed_to),
  totalMin: query.total_min,
  totalMax: query.total_max,
  statuses: query.status,
  paymentStatus: query.payment_status,
  openCase: query.open_case,
  carrier: query.carrier,
  country: query.country,
  userId: query.customer_id?.toLowerCase(),
  tag: query.tag === undefined ? undefined : normalizeTag(query.tag),
  assigneeId: query.assignee_id?.toLowerCase(),
  mentionedId: query.mentioned_id?.toLowerCase(),
});

/** As orders have it; clients may send an offset. */
const asUtc = (time: string | undefined): string | undefined => time && new Date(time).toISOString();

/** The caller; only members of staff reach these operations. */
const memberOf = (principal: Principal): Member => {
  if (principal.kind !== 'user') throw new Error('the OpenAPI file allows a caller that is not a user');
  return { userId: principal.userId, name: principal.name };
};

const toMember = ({ user_id, name }: Schemas['Member']): Member => ({
  userId: user_id.toLowerCase(),
  name: name.trim(),
});

const fromResult = ({ orderId, refusal }: ActResult): Schemas['ActResults']['items'][number] => ({
  order_id: orderId,
  status: refusal ? 'refused' : 'done',
  ...(refusal ? { code: refusal.code, detail: refusal.detail } : {}),
});

const NOT_FOUND = refuse('ORDER_NOT_FOUND', 'There is no such order.');

type StaffOperation =
  | 'listStaffOrders'
  | 'countStaffOrders'
  | 'getOrderFigures'
  | 'actOnOrders'
  | 'getStaffOrder'
  | 'getPackingSlip'
  | 'getPackingSlips'
  | 'holdOrder'
  | 'releaseOrder'
  | 'shipOrder'
  | 'getOrderSaga'
  | 'addOrderNote'
  | 'removeOrderNote';

export const makeStaffHandlers = (
  order: StaffUseCases,
  viewerOf: AskingFor['viewerOf'],
): Pick<Handlers<operations, OrderCode>, StaffOperation> => {
  /** One order after the other: each is a unit of work of its own. */
  const commandAll = async (
    orderIds: readonly string[],
    asked: Asked,
    { userId }: Member,
  ): Promise<ActResult[]> => {
    const results: ActResult[] = [];
    for (const orderId of orderIds) {
      const done = await order.commandOrder(orderId, asked, () => ({ kind: 'staff', userId }));
      results.push(done.ok ? { orderId } : { orderId, refusal: done.error });
    }
    return results;
  };
  const slips = async (orders: readonly Order[]) => ({
    status: 200 as const,
    type: 'application/pdf' as const,
    body: await order.printPackingSlips(orders),
  });
  const commanded = async (orderId: string, asked: Asked, principal: Principal) => {
    const { userId } = memberOf(principal);
    const done = await order.commandOrder(orderId, asked, () => ({ kind: 'staff', userId }));
    if (!done.ok) return done;
    const { state } = done.value;
    return {
      status: 200 as const,
      headers: { ETag: etag(shownVersion(state)) },
      body: fromOrder(state, viewerOf(principal)),
    };
  };
  const actOn = (
    orderIds: readonly string[],
    acts: Schemas['OrderActs'],
    member: Member,
  ): Promise<readonly ActResult[]> => {
    switch (acts.act) {
      case 'cancel':
      case 'release':
      case 'ship':
        return commandAll(orderIds, { type: acts.act }, member);
      case 'hold':
        return commandAll(orderIds, { type: 'hold', reason: acts.reason.trim() }, member);
      case 'unassign':
        return order.fileOrders(orderIds, { act: 'unassign' });
      case 'assign':
        return order.fileOrders(orderIds, { act: 'assign', assignee: toMember(acts.assignee) });
      case 'add_tag':
      case 'remove_tag':
        return order.fileOrders(orderIds, { act: acts.act, tag: acts.tag });
    }
  };

  return {
    listStaffOrders: async ({ query, principal }) => {
      const { limit = 24, cursor, sort = 'newest', view = 'all' } = query;
      const page = await order.queries.search({
        limit,
        cursor,
        sort,
        filters: [VIEWS[view], toFilter(query)],
      });
      if (!page.ok) return page;
      const files = await order.files.of(page.value.items.map(({ orderId }) => orderId));
      return { status: 200, body: fromSummaries(page.value, files, memberOf(principal)) };
    },
    countStaffOrders: async ({ query }) => {
      const views = [...new Set(query.view ?? VIEW_NAMES)];
      const items = await Promise.all(
        views.map(async (view) => {
          const found = await order.queries.countUpTo(MOST_COUNTED + 1, VIEWS[view]);
          return { view, count: Math.min(found, MOST_COUNTED), is_more: found > MOST_COUNTED };
        }),
      );
      return { status: 200, body: { items } };
    },
    getOrderFigures: async ({ query: { days = 7, to, compare = true } }) => {
      const { timeZone, clock, queries } = order;
      const period = periodUntil(to ?? dayAt(clock.now(), timeZone), days, timeZone);
      const before = periodBefore(period, timeZone);
      const [now, then] = await Promise.all([
        queries.figures(period),
        compare ? queries.figures(before) : undefined,
      ]);
      const current = figuresOf(period, now);
      const earlier = then && figuresOf(before, then);
      return { status: 200, body: fromFigures(timeZone, period, current, earlier) };
    },
    actOnOrders: async ({ body, principal }) => {
      const orderIds = [...new Set(body.order_ids.map((orderId) => orderId.toLowerCase()))];
      const results = await actOn(orderIds, body, memberOf(principal));
      return { status: 200, body: { items: results.map(fromResult) } };
    },
    getStaffOrder: async ({ path, principal }) => {
      const [found, files] = await Promise.all([
        order.queries.find(path.order_id),
        order.files.of([path.order_id]),
      ]);
      if (!found) return NOT_FOUND;
      const { state } = found;
      const file = files.get(path.order_id) ?? emptyFile(path.order_id);
      return {
        status: 200,
        headers: { ETag: etag(shownVersion(state)) },
        body: fromStaffOrder(state, file, viewerOf(principal)),
      };
    },
    getPackingSlip: async ({ path }) => {
      const found = await order.queries.find(path.order_id);
      return found ? slips([found.state]) : NOT_FOUND;
    },
    getPackingSlips: async ({ query }) => {
      const ids = [...new Set(query.order_ids.map((orderId) => orderId.toLowerCase()))];
      const found: Order[] = [];
      for (const id of ids) {
        const one = await order.queries.find(id);
        if (!one) return NOT_FOUND;
        found.push(one.state);
      }
      return slips(found);
    },
    holdOrder: ({ path, body, principal }) =>
      commanded(path.order_id, { type: 'hold', reason: body.reason.trim() }, principal),
    releaseOrder: ({ path, principal }) => commanded(path.order_id, { type: 'release' }, principal),
    shipOrder: ({ path, principal }) => commanded(path.order_id, { type: 'ship' }, principal),
    getOrderSaga: async ({ path }) => {
      const [found, history] = await Promise.all([
        order.queries.find(path.order_id),
        order.queries.history(path.order_id),
      ]);
      return found ? { status: 200, body: fromSaga(found, history, order.patience) } : NOT_FOUND;
    },
    addOrderNote: async ({ path, body, principal, idempotency }) => {
      const mentions = body.mentions?.map((userId) => userId.toLowerCase());
      const note = {
        text: body.text.trim(),
        author: memberOf(principal),
        ...(mentions?.length && { mentions }),
      };
      const added = await order.addNote(path.order_id, note, idempotency);
      return added.ok ? { status: 201, body: fromNote(added.value) } : added;
    },
    removeOrderNote: async ({ path, principal }) => {
      const mayRemove = ({ userId }: Member) => isUser(principal, userId) || hasRole(principal, 'admin');
      const removed = await order.removeNote(path.order_id, path.note_id, mayRemove);
      return removed.ok ? { status: 204 } : removed;
    },
  };
};
