import type { Line } from './reservation.ts';

/** Commands to the stock, caused by orders. */
export type Command =
  | {
      readonly type: 'reserve';
      readonly orderId: string;
      readonly attempt: number;
      readonly lines: readonly Line[];
    }
  | { readonly type: 'cancel'; readonly orderId: string }
  | { readonly type: 'dispatch'; readonly orderId: string; readonly attempt: number }
  /** Defaults to the newest attempt, as in old events. */
  | { readonly type: 'restock'; readonly orderId: string; readonly attempt?: number | undefined };

export type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;
