import type { NewEvent } from '#kernel/events.ts';

export type Consumer = 'order' | 'payment' | 'shipping' | 'inventory';

const HEARS: Readonly<Record<Consumer, readonly string[]>> = {
  order: [
    'inventory.reserved',
    'inventory.out_of_stock',
    'payment.authorized',
    'payment.successful',
    'payment.failed',
    'payment.refunded',
    'payment.refund_failed',
    'shipment.created',
    'shipment.cancelled',
    'shipment.held',
    'shipment.readdressed',
    'shipment.status_updated',
  ],
  payment: ['order.placed', 'order.cancelled'],
  shipping: [
    'order.confirmed',
    'payment.successful',
    'order.held',
    'order.released',
    'order.address_change_requested',
    'order.cancel_requested',
    'order.cancelled',
  ],
  inventory: [
    'order.placed',
    'order.reship_requested',
    'order.cancelled',
    'shipment.created',
    'order.case_resolved',
  ],
};

export interface Delivery {
  readonly to: Consumer;
  readonly event: NewEvent;
}

/** What is on its way. A consumer hears the events of a topic in their order, and those of several topics in any. */
export class Bus {
  readonly #topics = new Map<string, Delivery[]>();
  readonly #delivered: Delivery[] = [];

  publish(event: NewEvent): void {
    for (const [to, types] of Object.entries(HEARS) as [Consumer, readonly string[]][]) {
      if (!types.includes(event.type)) continue;
      const topic = `${to} ${event.type}`;
      this.#topics.set(topic, [...(this.#topics.get(topic) ?? []), { to, event }]);
    }
  }

  /** The next event of one of the topics. */
  take(pick: number): Delivery | undefined {
    const waiting = [...this.#topics.values()].filter(({ length }) => length > 0);
    const delivery = waiting[pick % Math.max(1, waiting.length)]?.shift();
    if (delivery) this.#delivered.push(delivery);
    return delivery;
  }

  /** One that was heard before. */
  again(pick: number): Delivery | undefined {
    return this.#delivered[pick % Math.max(1, this.#delivered.length)];
  }

  isUnderWay(isIt: (event: NewEvent) => boolean): boolean {
    return [...this.#topics.values()].flat().some(({ event }) => isIt(event));
  }
}
