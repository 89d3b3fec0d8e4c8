import { describe, expect, it } from 'vitest';
import { AT, lost, pending, placed } from '#order/test/order.mother.ts';
import type { OrderEvent } from './events.ts';
import { sentenceOf } from './words.ts';

describe('what a customer reads', () => {
  it.each<readonly [OrderEvent, string]>([
    [placed(), 'Order placed'],
    [{ type: 'cancel-requested', reason: 'staff', at: AT }, 'Cancellation requested by the shop'],
    [{ type: 'cancel-requested', reason: 'card_expired', at: AT }, 'Cancellation requested (card expired)'],
    [
      { type: 'cancelled', reason: 'out_of_stock', at: AT },
      'Cancelled because some items are no longer in stock',
    ],
    [{ type: 'case-resolved', resolution: 'refund', restock: false, at: AT }, 'We will refund you'],
    [{ type: 'case-resolved', resolution: 'reship', restock: false, at: AT }, 'We will send a replacement'],
    [
      { type: 'refund-dropped', refundKey: 'r', amountMinor: 500, at: AT },
      'The refund of 5.00 EUR is included in the refund of the cancelled order',
    ],
  ])('is plain English: %o', (event, sentence) => {
    expect(sentenceOf(event, pending())).toBe(sentence);
  });

  it('says that the shop still waits for a lost parcel when staff dismiss the case', () => {
    const dismissed = { resolution: 'dismiss', restock: false, caseId: 'case-1', at: AT } as const;
    expect(sentenceOf({ type: 'case-resolved', ...dismissed }, lost())).toBe(
      'We are still waiting for the parcel',
    );
  });
});
