import type { Line } from './reservation.ts';

/** What the life of orders asks of the stock. */
export type Command =
  | {
      readonly type: 'reserve';
      readonly orderId: string;
      readonly attempt: number;
      readonly lines: readonly Line[];
    }
  | { readonly type: 'cancel'; readonly orderId: string }
  | { readonly type: 'dispatch'; readonly orderId: string; readonly attempt: number }
  /** Of the newest attempt when none is named, as in old events. */
  | { readonly type: 'restock'; readonly orderId: string; readonly attempt?: number | undefined };

export type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;
