import type { EventPayloads, NewEvent } from '#kernel/events.ts';
import type { NewTask } from '#kernel/tasks.ts';
import { reactionTo, stepsOf, type Reaction, type Versioned } from '#kernel/process.ts';
import { toWire as stockToWire } from '#inventory/adapters/messaging/integration-events.ts';
import type { Command as StockCommand } from '#inventory/core/domain/commands.ts';
import { decideInTurn } from '#inventory/core/domain/process.ts';
import type { Reservation } from '#inventory/core/domain/reservation.ts';
import type { StockItem } from '#inventory/core/domain/stock.ts';
import type { Command as PaymentCommand } from '#payment/core/domain/commands.ts';
import { toWire as paymentToWire } from '#payment/adapters/messaging/integration-events.ts';
import type { Payment, PaymentState } from '#payment/core/domain/payment.ts';
import { paymentProcess } from '#payment/core/domain/process.ts';
import { toWire as shippingToWire } from '#shipping/adapters/messaging/integration-events.ts';
import type { Command as ShippingCommand } from '#shipping/core/domain/commands.ts';
import type { Consignment } from '#shipping/core/domain/consignment.ts';
import { makeShippingProcess } from '#shipping/core/domain/process.ts';

const shippingProcess = makeShippingProcess(0);

/** What a service has committed: events for others, and promises of its own. */
export interface Outside {
  publish(event: NewEvent): void;
  schedule(task: NewTask): void;
  drop(key: string): void;
}

/** The processes of the services around an order, each with its state in memory. */
export class Neighbours {
  #payment: Versioned<PaymentState> = { state: undefined, version: 0 };
  #consignment: Versioned<Consignment>;
  item: StockItem;
  reservations: readonly Reservation[] = [];
  readonly #orderId: string;
  readonly #outside: Outside;
  readonly #now: () => Date;

  constructor(orderId: string, item: StockItem, outside: Outside, now: () => Date) {
    this.#orderId = orderId;
    this.#outside = outside;
    this.#now = now;
    this.item = item;
    this.#consignment = { state: shippingProcess.initial(orderId), version: 0 };
  }

  /** The payment that was made; undefined where there is none, or only the note that there must be none. */
  get paid(): Payment | undefined {
    const { state } = this.#payment;
    return state?.kind === 'payment' ? state : undefined;
  }

  pay(command: PaymentCommand) {
    const decided = paymentProcess.decide(command, this.#payment.state, this.#now());
    for (const step of stepsOf(paymentProcess, this.#payment, decided.ok ? decided.value : [])) {
      this.#payment = { state: step.after, version: step.version };
      this.#follow(reactionTo(paymentProcess, step), (publication) =>
        paymentToWire(publication, step.version),
      );
    }
    return decided;
  }

  #follow<Publication>(
    { publish, cancel, schedule }: Reaction<Publication, unknown>,
    toWire: (publication: Publication) => NewEvent,
  ): void {
    for (const publication of publish) this.#outside.publish(toWire(publication));
    for (const key of cancel) this.#outside.drop(key);
    for (const task of schedule) this.#outside.schedule(task);
  }

  get consignment(): Consignment {
    return this.#consignment.state;
  }

  ship(command: ShippingCommand): void {
    const decided = shippingProcess.decide(command, this.#consignment.state, this.#now());
    for (const step of stepsOf(shippingProcess, this.#consignment, decided.ok ? decided.value : [])) {
      this.#consignment = { state: step.after, version: step.version };
      this.#follow(reactionTo(shippingProcess, step), (publication) =>
        shippingToWire(publication, step.version),
      );
    }
  }

  stock(command: StockCommand): void {
    const books = {
      shelves: new Map([[this.item.sku, this.item]]),
      variants: new Map([[this.item.variantId, this.item]]),
      reservations: new Map([[this.#orderId, this.reservations]]),
    };
    const [decided] = decideInTurn([command], books);
    if (!decided) throw new Error('a command is decided');
    const { change, reactions } = decided;
    for (const item of change.stock) this.item = { ...this.item, ...item };
    for (const changed of change.reservations) {
      const others = this.reservations.filter(({ attempt }) => attempt !== changed.attempt);
      this.reservations = [...others, changed];
    }
    for (const reaction of reactions) this.#follow(reaction, stockToWire);
  }

  /** What each of them makes of an event of another service. */
  hear(to: 'payment' | 'shipping' | 'inventory', event: NewEvent): void {
    if (to === 'payment') this.#hearAsPayment(event);
    else if (to === 'shipping') this.#hearAsShipping(event);
    else this.#hearAsInventory(event);
  }

  #hearAsPayment({ type, payload }: NewEvent): void {
    const orderId = this.#orderId;
    if (type === 'order.cancelled') this.pay({ type: 'cancel', orderId, paymentId: 'none' });
    if (type !== 'order.placed') return;
    const { total_amount, currency } = payload as EventPayloads['order.placed'];
    const customer = { userId: 'u', email: 'e', name: 'n' };
    const amount = { minor: Math.round(total_amount * 100), currency };
    this.pay({ type: 'open', paymentId: 'p', orderId, customer, amount, token: 't' });
  }

  #hearAsShipping({ type, payload }: NewEvent): void {
    if (type === 'payment.successful') this.ship({ type: 'pay' });
    if (type === 'order.cancelled') this.ship({ type: 'cancel_order' });
    if (type === 'order.cancel_requested') {
      const { attempt } = payload as EventPayloads['order.cancel_requested'];
      this.ship({ type: 'request_cancel', attempt, shipmentId: `s${attempt}` });
    }
    if (type === 'order.held') {
      const { attempt, instruction } = payload as EventPayloads['order.held'];
      this.ship({ type: 'instruct', attempt, shipmentId: `s${attempt}`, handling: 'held', instruction });
    }
    if (type === 'order.released') {
      const { attempt, instruction, dispatch } = payload as EventPayloads['order.released'];
      this.ship({ type: 'instruct', attempt, shipmentId: `s${attempt}`, handling: dispatch, instruction });
    }
    if (type === 'order.address_change_requested') {
      const { attempt, correction, shipping_address } =
        payload as EventPayloads['order.address_change_requested'];
      const address = toAddress(shipping_address);
      this.ship({ type: 'readdress', attempt, shipmentId: `s${attempt}`, address, correction });
    }
    if (type !== 'order.confirmed') return;
    const { attempt, shipping_address } = payload as EventPayloads['order.confirmed'];
    const parcel = { ...PARCEL, address: toAddress(shipping_address) };
    this.ship({ type: 'confirm', attempt, shipmentId: `s${attempt}`, parcel });
  }

  #hearAsInventory({ type, payload }: NewEvent): void {
    const orderId = this.#orderId;
    if (type === 'order.cancelled') {
      const { sent_attempts = [] } = payload as EventPayloads['order.cancelled'];
      for (const attempt of sent_attempts) this.stock({ type: 'dispatch', orderId, attempt });
      this.stock({ type: 'cancel', orderId });
    }
    if (type === 'shipment.created') {
      const { attempt } = payload as EventPayloads['shipment.created'];
      this.stock({ type: 'dispatch', orderId, attempt });
    }
    if (type === 'order.case_resolved') {
      const { attempt, restock } = payload as EventPayloads['order.case_resolved'];
      if (restock) this.stock({ type: 'restock', orderId, attempt });
    }
    if (type !== 'order.placed' && type !== 'order.reship_requested') return;
    const { attempt = 1, items } = payload as Partial<EventPayloads['order.reship_requested']>;
    const lines = (items ?? []).map(({ product_id, variant_id, quantity }) => ({
      productId: product_id,
      variantId: variant_id,
      quantity,
    }));
    this.stock({ type: 'reserve', orderId, attempt, lines });
  }
}

const PARCEL = {
  customer: { userId: 'u', email: 'e', name: 'n' },
  items: [],
  optionId: 'dhl:express',
  carrier: 'DHL',
  service: 'Express',
};

const toAddress = ({
  postal_code: postalCode,
  ...address
}: EventPayloads['order.confirmed']['shipping_address']) => ({ ...address, postalCode });
