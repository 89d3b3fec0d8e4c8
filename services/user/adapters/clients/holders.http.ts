import { z } from 'zod';
import type { Call, CallAnswer, ServiceClient } from '#adapters/http/client.ts';
import type { Person } from '#kernel/personal-data.ts';
import type { Holders } from '../../core/ports/holders.ts';

/** The services that answer requests about personal data. */
export const HOLDERS = [
  'analytics',
  'cart',
  'media',
  'notification',
  'order',
  'payment',
  'review',
  'shipping',
] as const;
export type Holder = (typeof HOLDERS)[number];

/** Has the files of people. */
const MEDIA = 'media';

const PAGE = z.object({
  items: z.array(z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) })),
  next_cursor: z.string().optional(),
});

/** Names of files, which become part of a path. */
const PART = z.object({
  name: z.string().regex(/^[\w-]{1,80}\.[a-z0-9]{1,10}$/),
  content: z.string(),
  next_offset: z.number().optional(),
});

/** Records of media, which alone are about files. */
const FILE = z.object({ kind: z.literal('media'), data: z.object({ media_id: z.string() }) });

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

type Part = z.infer<typeof PART>;

async function* partsFrom(
  first: Part,
  partAt: (offset: number) => Promise<Part | undefined>,
): AsyncIterable<Uint8Array> {
  for (let part: Part | undefined = first; ;) {
    yield Buffer.from(part.content, 'base64');
    if (part.next_offset === undefined) return;
    part = await partAt(part.next_offset);
    if (!part) throw new Error(`${first.name} was removed while it was read`);
  }
}

/** All calls may be repeated. */
export const httpHolders = (callers: Readonly<Record<Holder | typeof MEDIA, ServiceClient>>): Holders => {
  const clients = new Map(Object.entries(callers));
  const clientOf = (service: string): ServiceClient => {
    const client = clients.get(service);
    if (!client) throw new Error(`${service} holds no personal data`);
    return client;
  };
  const ask = async (service: string, call: Call): Promise<unknown> =>
    expect200(service, await clientOf(service)(call));
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
    fileOf: (service, { userId }, record) => {
      const { data: found } = FILE.safeParse(record);
      if (service !== MEDIA || !found) return undefined;
      const partAt = async (offset: number) => {
        const { status, body } = await clientOf(service)({
          method: 'POST',
          path: '/internal/v1/personal-data/file',
          scope: 'personal-data:read',
          body: { user_id: userId, media_id: found.data.media_id, offset },
        });
        return status === 404 ? undefined : PART.parse(expect200(service, { status, body }));
      };
      return async () => {
        const first = await partAt(0);
        return first && { name: first.name, content: partsFrom(first, partAt) };
      };
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
