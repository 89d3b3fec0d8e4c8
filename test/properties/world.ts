import type { EventEnvelope } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { reactionTo, stepsOf } from '#kernel/process.ts';
import { COMMANDS } from '#order/adapters/messaging/consumer.ts';
import { toWire } from '#order/adapters/messaging/integration-events.ts';
import { afterRefundAnswer } from '#order/adapters/tasks/order-tasks.ts';
import type { OrderCommand } from '#order/core/domain/commands.ts';
import type { OrderEvent } from '#order/core/domain/events.ts';
import type { Order } from '#order/core/domain/order.ts';
import { makeOrderProcess } from '#order/core/domain/process.ts';
import { CAPTURE, INVOICE, PATIENCE, REFUND, TIMER } from '#order/core/domain/tasks.ts';
import type { Wait } from '#order/core/domain/order-state.ts';
import { aLine, placed } from '#order/test/order.mother.ts';
import { CALLS as GATEWAY } from '#payment/core/domain/tasks.ts';
import { CALLS as SHIPPING } from '#shipping/core/domain/tasks.ts';
import { UNDER_WAY, type CarrierStatus } from '#shipping/core/domain/consignment.ts';
import { Bus } from './bus.ts';
import { Gateway } from './gateway.ts';
import { Neighbours } from './neighbours.ts';

export const ORDER_ID = '019a0b1c-2d3e-7f40-8a51-6b7c8d9e0f43';
const process = makeOrderProcess(PATIENCE);
const START = new Date('2026-03-01T12:00:00Z');

/** One order and the services around it, as they decide; in between lies what is on its way. */
export class World {
  readonly bus = new Bus();
  /** The order service's own. */
  readonly tasks = new Map<string, NewTask>();
  /** Those of the others. */
  readonly #promises = new Map<string, NewTask>();
  readonly neighbours: Neighbours;
  readonly gateway = new Gateway();
  order: Order;
  history: OrderEvent[] = [];
  now = START;

  /** In stock at first; each parcel takes one. */
  readonly units: number;

  constructor(units: number) {
    this.units = units;
    const ids = { variantId: 'v', productId: 'p' };
    const item = {
      ...ids,
      sku: 's',
      stock: units,
      reserved: 0,
      lowStockThreshold: 0,
      withdrawn: false,
      version: 1,
    };
    const outside = {
      publish: (event: Parameters<Bus['publish']>[0]) => this.bus.publish(event),
      schedule: (task: NewTask) => promise(this.#promises, task),
      drop: (key: string) => void this.#promises.delete(key),
    };
    this.neighbours = new Neighbours(ORDER_ID, item, outside, () => this.now);
    const first = placed(
      { lines: [aLine({ ...ids, quantity: 1 })], placedAt: START.toISOString() },
      ORDER_ID,
    );
    this.order = this.#happen(undefined, first);
  }

  /** Carries out a command; returns the code of a refusal. */
  command(command: OrderCommand): string | undefined {
    const decision = process.decide(command, this.order, this.now);
    if (!decision.ok) return decision.error.code;
    for (const event of decision.value) this.order = this.#happen(this.order, event);
    return undefined;
  }

  #happen(before: Order | undefined, event: OrderEvent): Order {
    const [step] = stepsOf(process, { state: before, version: this.history.length }, [event]);
    if (!step) throw new Error('an event is a step');
    this.history.push(event);
    const { publish, schedule, cancel } = reactionTo(process, step);
    for (const publication of publish) this.bus.publish(toWire(publication, step.version));
    cancel.forEach((key) => this.tasks.delete(key));
    schedule.forEach((task) => promise(this.tasks, task));
    return step.after;
  }

  deliver(pick: number): boolean {
    const delivery = this.bus.take(pick);
    if (delivery) this.#hear(delivery);
    return delivery !== undefined;
  }

  deliverAgain(pick: number): void {
    const delivery = this.bus.again(pick);
    if (delivery) this.#hear(delivery);
  }

  #hear({ to, event }: NonNullable<ReturnType<Bus['take']>>): void {
    if (to !== 'order') return this.neighbours.hear(to, event);
    const commandOf = (COMMANDS as Readonly<Record<string, (event: EventEnvelope) => OrderCommand>>)[
      event.type
    ];
    if (commandOf) this.command(commandOf({ payload: event.payload } as EventEnvelope));
  }

  /** Works on one of the tasks that are no timers; false where there is none. */
  work(pick: number, isGood: boolean): boolean {
    const due = [this.tasks, this.#promises].flatMap((queue) =>
      [...queue.values()].filter(({ kind }) => kind !== TIMER).map((task) => ({ queue, task })),
    );
    const chosen = due[pick % Math.max(1, due.length)];
    if (!chosen) return false;
    const { queue, task } = chosen;
    if (this.#perform(task, isGood)) queue.delete(task.key);
    return true;
  }

  /** The gateway does what it is asked, but the answer is lost. */
  loseAnswer(pick: number, isGood: boolean): void {
    const calls = [...this.#promises.values()].filter(({ kind }) => kind.startsWith('payment.'));
    const task = calls[pick % Math.max(1, calls.length)];
    if (task) this.gateway.answer(task, isGood);
  }

  #perform(task: NewTask, isGood: boolean): boolean {
    const { neighbours } = this;
    const { kind, payload } = task;
    switch (kind) {
      case CAPTURE:
        neighbours.pay({ type: 'capture' });
        return true;
      case REFUND: {
        const { refundKey: key, amountMinor, currency, reason } = payload as RefundPayload;
        const amount = { minor: amountMinor, currency };
        const next = afterRefundAnswer(payload as RefundPayload, neighbours.pay({ type: 'refund', key, amount, reason })); // prettier-ignore
        if (next) this.command(next);
        return true;
      }
      case SHIPPING.dispatch: {
        const { attempt } = payload as { readonly attempt: number };
        const statusOf = () =>
          neighbours.consignment.shipments.find((one) => one.attempt === attempt)?.status;
        if (statusOf() === 'scheduled') {
          neighbours.ship({ type: 'begin', attempt });
          return statusOf() !== 'labelling'; // the label is bought at another time
        }
        const label = { trackingNumber: `t${attempt}`, estimatedDelivery: '2026-03-03', boughtAt: this.now };
        if (statusOf() === 'labelling') neighbours.ship({ type: 'labelled', attempt, label });
        return true;
      }
      case INVOICE:
      case SHIPPING.voidLabel:
        return true;
      default:
        if (!Object.values(GATEWAY).some((call) => call === kind)) throw new Error(`nobody does ${kind}`);
        neighbours.pay(this.gateway.answer(task, isGood));
        return true;
    }
  }

  /** The carrier has news of a parcel that is under way; false where none is. */
  carry(pick: number, status: CarrierStatus): boolean {
    const underWay = this.neighbours.consignment.shipments.filter((one) => UNDER_WAY.includes(one.status));
    const shipment = underWay[pick % Math.max(1, underWay.length)];
    if (!shipment) return false;
    const news = { status, description: `It is ${status}`, occurredAt: this.now };
    this.neighbours.ship({ type: 'tracked', attempt: shipment.attempt, updates: [news] });
    return true;
  }

  timers(): readonly NewTask[] {
    return [...this.tasks.values()].filter(({ kind }) => kind === TIMER);
  }

  /** Time passes until a timer goes off. */
  wait(): boolean {
    const [timer] = this.timers();
    if (!timer) return false;
    if (timer.runAt && timer.runAt > this.now) this.now = timer.runAt;
    this.tasks.delete(timer.key);
    this.command({ type: 'time-is-up', ...(timer.payload as Wait) });
    return true;
  }

  /** All that is on its way arrives, and all that is promised is done; but no time passes. */
  settle(isGood = true): void {
    while (this.deliver(0) || this.work(0, isGood));
  }
}

interface RefundPayload {
  readonly refundKey: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly reason: string;
}

/** As the real queue: one that is promised stays as it is. */
const promise = (queue: Map<string, NewTask>, task: NewTask): void => {
  if (!queue.has(task.key)) queue.set(task.key, task);
};
