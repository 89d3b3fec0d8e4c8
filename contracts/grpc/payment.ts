/**
 * The messages of `payment.proto` as they come out of the loader that `adapters/grpc` uses: names as in the file,
 * int64 as numbers, absent texts empty. A test sends each of them over the wire and back.
 */
export interface PaymentCommands {
  readonly Capture: { readonly request: CaptureRequest; readonly answer: CommandAnswer };
  readonly Cancel: { readonly request: CancelRequest; readonly answer: CommandAnswer };
  readonly Refund: { readonly request: RefundRequest; readonly answer: CommandAnswer };
  readonly GetPayment: { readonly request: GetPaymentRequest; readonly answer: GetPaymentAnswer };
}

export const PAYMENT_PROTO = new URL('payment.proto', import.meta.url);
/** As it was published last: what callers and callees that run already were made from. */
export const PUBLISHED_PAYMENT_PROTO = new URL('published/payment.proto', import.meta.url);
export const PAYMENT_SERVICE = 'shop.payment.v1.PaymentCommands';
/** What a caller's token must allow. */
export const PAYMENT_SCOPE = 'payments:command';
/** Who may give these commands: a token of any other service is refused, whatever it allows. */
export const PAYMENT_CONSUMERS: readonly string[] = ['order'];

export interface CaptureRequest {
  readonly order_id: string;
}

export interface CancelRequest {
  readonly order_id: string;
}

export interface RefundRequest {
  readonly order_id: string;
  readonly refund_key: string;
  /** Minor units. */
  readonly amount_minor: number;
  readonly currency: string;
  readonly reason: string;
}

export type CommandAnswer =
  | { readonly outcome: 'accepted'; readonly accepted: object }
  | { readonly outcome: 'refusal'; readonly refusal: CommandRefusal };

export interface CommandRefusal {
  readonly code: string;
  readonly detail: string;
}

export interface GetPaymentRequest {
  readonly order_id: string;
}

export interface GetPaymentAnswer {
  readonly payment: PaymentMessage | null;
}

export interface PaymentMessage {
  readonly payment_id: string;
  readonly order_id: string;
  readonly status: string;
  /** Minor units. */
  readonly amount_minor: number;
  readonly captured_minor: number;
  readonly refunded_minor: number;
  readonly currency: string;
}
