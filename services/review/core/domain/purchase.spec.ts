import { describe, expect, it } from 'vitest';
import { money } from '#kernel/money.ts';
import { isRefunded, reviewable, withFact, type Purchase, type PurchaseFact } from './purchase.ts';

const about = { orderId: 'o-1', userId: 'u-1' };
const placed = (total: number): PurchaseFact => ({
  ...about,
  placed: { productIds: ['p-2', 'p-1', 'p-2'], total: money(total, 'EUR') },
});
const delivered: PurchaseFact = { ...about, isDelivered: true };
const refunded = (total: number): PurchaseFact => ({ ...about, refundedTotal: money(total, 'EUR') });

const after = (...facts: readonly PurchaseFact[]): Purchase => {
  const [first = delivered, ...rest] = facts;
  return rest.reduce(withFact, withFact(undefined, first));
};

describe('a purchase', () => {
  it('entitles to a review of each product once it is placed and delivered', () => {
    expect(reviewable(after(placed(100)))).toEqual([]);
    expect(reviewable(after(delivered))).toEqual([]);
    expect(reviewable(after(delivered, placed(100)))).toEqual(['p-1', 'p-2']);
  });

  it('entitles to none when all is refunded, of which the largest sum is the newest', () => {
    expect(reviewable(after(placed(100), delivered, refunded(99)))).toEqual(['p-1', 'p-2']);
    expect(reviewable(after(placed(100), delivered, refunded(100), refunded(50)))).toEqual([]);
    expect(isRefunded(after(refunded(100), placed(100)), 'p-1')).toBe(true);
    expect(isRefunded(after(refunded(100)), 'p-1')).toBe(false);
  });

  it('does not entitle to a review of a product of which each unit was refunded', () => {
    const lines: PurchaseFact = { ...refunded(40), refundedProductIds: ['p-1'] };
    const kept = after(placed(100), lines, delivered, refunded(60));
    expect(reviewable(kept)).toEqual(['p-2']);
    expect([isRefunded(kept, 'p-1'), isRefunded(kept, 'p-2')]).toEqual([true, false]);
  });

  it('of an order for nothing is never refunded', () => {
    expect(reviewable(after(placed(0), delivered, refunded(0)))).toEqual(['p-1', 'p-2']);
  });

  it('of a guest is that of the user who claims the order, whichever is heard first', () => {
    const guest = { ...placed(100), userId: about.orderId };
    const claimed: PurchaseFact = about;
    expect(after(guest, claimed).userId).toBe('u-1');
    expect(after(claimed, guest, delivered).userId).toBe('u-1');
    expect(after(guest).userId).toBe(about.orderId);
  });

  it('counts its changes', () => {
    expect(after(placed(100), delivered, delivered).revision).toBe(3);
  });
});
