import type { Clock } from '#kernel/clock.ts';
import { makeRun, type Run, type Surroundings } from '#kernel/process.ts';
import type { Command } from '../domain/commands.ts';
import type { Consignment } from '../domain/consignment.ts';
import type { Publication } from '../domain/events.ts';
import { makeShippingProcess } from '../domain/process.ts';
import type { ShippingTx } from '../ports/shipping-tx.ts';

/** Runs commands on consignments, by order id. */
export type RunConsignments = Run<ShippingTx, Command, Consignment>;

type ToWire = Surroundings<ShippingTx, Consignment, never, Publication>['toWire'];

/** @param delayMs from an order's release to its dispatch */
export const makeRunConsignments = (clock: Clock, toWire: ToWire, delayMs: number): RunConsignments =>
  makeRun(makeShippingProcess(delayMs), {
    clock,
    toWire,
    aggregates: ({ consignments }: ShippingTx) => consignments,
  });
