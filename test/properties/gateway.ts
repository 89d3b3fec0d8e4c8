import type { NewTask } from '#kernel/tasks.ts';
import type { GatewayResult } from '#payment/core/domain/commands.ts';
import { CALLS } from '#payment/core/domain/tasks.ts';

type Verdict = 'approved' | 'declined';

/** A payment gateway for one order: answers the same call the same way, however often it is made. */
export class Gateway {
  readonly #answers = new Map<string, Verdict>();
  #isCaptured = false;
  #isVoid = false;

  /** @param isGood whether it agrees, where that is its choice */
  answer({ kind, key, payload }: NewTask, isGood: boolean): GatewayResult {
    const verdict = this.#answers.get(key) ?? this.#decide(kind, isGood);
    this.#answers.set(key, verdict);
    const answer =
      verdict === 'approved'
        ? ({ status: 'approved' } as const)
        : ({ status: 'declined', reason: 'no' } as const);
    switch (kind) {
      case CALLS.authorize:
        return {
          type: 'authorization_answered',
          answer: answer.status === 'approved' ? { ...answer, authorization: 'a', card: CARD } : answer,
        };
      case CALLS.capture:
        return { type: 'capture_answered', answer };
      case CALLS.void:
        return { type: 'void_answered', outcome: verdict === 'approved' ? 'voided' : 'captured' };
      default:
        return {
          type: 'refund_answered',
          key: (payload as { readonly refundKey: string }).refundKey,
          answer,
        };
    }
  }

  #decide(kind: string, isGood: boolean): Verdict {
    switch (kind) {
      case CALLS.capture: {
        const isTaken = isGood && !this.#isVoid;
        this.#isCaptured ||= isTaken;
        return isTaken ? 'approved' : 'declined';
      }
      case CALLS.void:
        this.#isVoid ||= !this.#isCaptured;
        return this.#isCaptured ? 'declined' : 'approved';
      default:
        return isGood ? 'approved' : 'declined';
    }
  }
}

const CARD = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
