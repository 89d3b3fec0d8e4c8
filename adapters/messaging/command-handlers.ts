import { causeOf, type EventEnvelope, type EventPayloads, type EventType } from '#kernel/events.ts';
import type { Addressed } from '#kernel/process.ts';
import type { BatchHandler, Handlers } from './consumer.ts';

/** Events about an order. */
export type EventOfOrder = {
  [Type in EventType]: EventPayloads[Type] extends { readonly order_id: string } ? Type : never;
}[EventType];

/** The command that each event is to the aggregate of its order. */
export type CommandTable<Command> = {
  readonly [Type in EventOfOrder]?: (event: EventEnvelope<Type>) => Command;
};

/** Handlers that run the commands of a batch together, each caused by its event. */
export const commandHandlers = <Tx, Command>(
  run: (tx: Tx, commands: readonly Addressed<Command>[]) => Promise<unknown>,
  table: CommandTable<Command>,
): Handlers<Tx> => {
  const handlerOf =
    (commandOf: (event: EventEnvelope<EventOfOrder>) => Command): BatchHandler<Tx, EventOfOrder> =>
    async (tx, events) => {
      await run(
        tx,
        events.map((event) => ({
          id: event.payload.order_id,
          command: commandOf(event),
          cause: causeOf(event),
        })),
      );
    };
  return Object.fromEntries(
    Object.entries(table).map(([type, commandOf]) => [type, handlerOf(commandOf as never)]),
  );
};
