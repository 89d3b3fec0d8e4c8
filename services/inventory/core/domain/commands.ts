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
  | { readonly type: 'restock'; readonly orderId: string; readonly attempt?: number | undefined }
  /** Units of an order that staff have in hand, which were sent before. */
  | {
      readonly type: 'take-back';
      readonly orderId: string;
      readonly why: ReturnedWhy;
      readonly lines: readonly Line[];
    };

/** Why units of an order are for sale again. */
export type ReturnedWhy = 'parcel' | 'return' | 'refund';

export type CommandOf<Type extends Command['type']> = Extract<Command, { readonly type: Type }>;
