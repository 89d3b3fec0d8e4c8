import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '#kernel/clock.ts';
import { openToolbox } from '#test/kit/toolbox.ts';
import { MODULES } from '../main/modules.ts';

/** What each service sweeps and how often, in addition to handled events and idempotency keys, which every host sweeps. */
const SWEEPS = {
  analytics: { 'sums of the warehouse': 30 * SECOND },
  cart: { 'expired carts': HOUR },
  catalog: {
    'products that are due': 5 * SECOND,
    imports: HOUR,
    'bulk edits': HOUR,
    'products without a category': HOUR,
    'products of changed categories': 5 * SECOND,
    'prices of changed lists': 5 * SECOND,
    'pictures of categories and collections': DAY,
  },
  inventory: {
    'availability that was never published': DAY,
    'counts that were never published': DAY,
    'variants without a label': 5 * MINUTE,
  },
  order: { 'orders that lists do not show yet': MINUTE, 'orders too old for bookkeeping': DAY },
  payment: { 'names in payments about which claims have expired': DAY },
  notification: { 'webhook deliveries of long ago': HOUR, 'messages of long ago': DAY },
  media: {
    'media that nothing refers to': HOUR,
    'files that are no longer public': MINUTE,
    'contents that no media has': 5 * MINUTE,
    'files without a record': DAY,
    'unfinished files': HOUR,
  },
  review: { 'ratings that differ from the reviews, or were never published': DAY },
  search: { 'searches of long ago': HOUR, 'sales that are not counted': MINUTE },
  shipping: { 'addresses of parcels about which claims have expired': DAY },
  user: { 'sessions, resets and attempts that are over': HOUR, 'the head of the audit trail': HOUR },
};

describe('the services', () => {
  const declared = async () =>
    Promise.all(
      MODULES.map(async (module) => {
        const client = () => () => Promise.reject(new Error('nobody is asked here'));
        const { sweeps = [] } = await module.compose({ ...(await openToolbox('memory', module)), client });
        return [module.name, sweeps] as const;
      }),
    );

  it('declare what they sweep, and how often', async () => {
    const all = (await declared()).filter(([, sweeps]) => sweeps.length > 0);
    const found = all.map(([module, sweeps]) => [
      module,
      Object.fromEntries(sweeps.map(({ name, everyMs }) => [name, everyMs])),
    ]);
    expect(Object.fromEntries(found)).toEqual(SWEEPS);
  });
});
