import { z } from 'zod';
import type { Call, CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import type { Person } from '#kernel/personal-data.ts';
import type { Holders } from '../../core/ports/holders.ts';

/** The services that answer requests about personal data. */
export const HOLDERS = ['cart', 'media', 'notification', 'order', 'payment', 'review', 'shipping'] as const;
export type Holder = (typeof HOLDERS)[number];

const PAGE = z.object({
  items: z.array(z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) })),
  next_cursor: z.string().optional(),
});

const ERASURE = z.object({
  done: z.boolean(),
  erased: z.array(z.object({ kind: z.string(), count: z.number() })),
  kept: z.array(
    z.object({
      kind: z.string(),
      count: z.number(),
      reason: z.enum(['bookkeeping', 'open_order', 'claims', 'anonymous']),
      until: z.string().optional(),
    }),
  ),
});

const bodyOf = ({ userId, email }: Person) => ({
  user_id: userId,
  ...(email === undefined ? {} : { email }),
});

const expect200 = (service: string, { status, body }: CallAnswer): unknown => {
  if (status !== 200) throw new Error(`${service} answered ${status} about personal data`);
  return body;
};

/** Both calls may be repeated. */
export const httpHolders = (callers: Readonly<Record<Holder, ServiceClient>>): Holders => {
  const clients = new Map(Object.entries(callers));
  const ask = async (service: string, call: Call): Promise<unknown> => {
    const client = clients.get(service);
    if (!client) throw new Error(`${service} holds no personal data`);
    return expect200(service, await client(call));
  };
  return {
    names: HOLDERS,
    read: async (service, person, cursor) => {
      const body = { ...bodyOf(person), ...(cursor === undefined ? {} : { cursor }) };
      const page = await ask(service, {
        method: 'POST',
        path: '/internal/v1/personal-data/export',
        scope: 'personal-data:read',
        body,
      });
      const { items, next_cursor: next } = PAGE.parse(page);
      return { items, next };
    },
    erase: async (service, person) => {
      const erased = await ask(service, {
        method: 'POST',
        path: '/internal/v1/personal-data/erase',
        scope: 'personal-data:erase',
        body: bodyOf(person),
      });
      const { done, kept, ...records } = ERASURE.parse(erased);
      return {
        isDone: done,
        ...records,
        kept: kept.map(({ until, ...some }) => ({ ...some, ...(until === undefined ? {} : { until }) })),
      };
    },
  };
};
