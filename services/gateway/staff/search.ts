import { z } from 'zod';
import type { components } from '#openapi/generated/gateway.ts';
import type { Answer } from './ask-services.ts';

type Found = components['schemas']['Found'];
export type Kind = keyof Found['found'];

const PER_KIND = 5;

/** What is late is left out. */
export const SEARCH_MS = 150;

const money = { currency: z.string(), total_amount: z.number() };

/** By kind: the list to ask for, and the fields of an item that are shown. */
const KINDS = {
  orders: {
    path: '/api/v1/staff/orders',
    item: z.object({
      order_id: z.string(),
      number: z.string(),
      status: z.string(),
      ...money,
      placed_at: z.string(),
      customer: z.object({ name: z.string(), email: z.string() }),
    }),
  },
  products: {
    path: '/api/v1/staff/products',
    item: z.object({
      product_id: z.string(),
      name: z.string(),
      brand: z.string(),
      skus: z.array(z.string()),
    }),
  },
  customers: {
    path: '/api/v1/users?role=customer',
    item: z.object({
      user_id: z.string(),
      email: z.string(),
      first_name: z.string(),
      last_name: z.string(),
    }),
  },
  skus: {
    path: '/api/v1/inventory/stock',
    item: z.object({
      variant_id: z.string(),
      sku: z.string(),
      name: z.string().optional(),
      available: z.number(),
    }),
  },
} as const satisfies Readonly<Record<Kind, object>>;

const isKind = (name: string): name is Kind => name in KINDS;

const KIND_NAMES = Object.keys(KINDS).filter(isKind);

/** What to ask for each kind. */
export const questionsFor = (q: string): ReadonlyMap<Kind, string> => {
  const query = new URLSearchParams({ q, limit: String(PER_KIND) }).toString();
  return new Map(
    KIND_NAMES.map((kind) => {
      const { path } = KINDS[kind];
      return [kind, `${path}${path.includes('?') ? '&' : '?'}${query}`];
    }),
  );
};

const itemsOf = <Item>(item: z.ZodType<Item>, answer: Answer | undefined): Item[] | undefined =>
  answer?.outcome === 'answered' ? z.object({ items: z.array(item) }).parse(answer.body).items : undefined;

/** Kinds that the caller may not see are absent. */
export const foundIn = (answers: ReadonlyMap<Kind, Answer>): Found => {
  const orders = itemsOf(KINDS.orders.item, answers.get('orders'));
  const products = itemsOf(KINDS.products.item, answers.get('products'));
  const customers = itemsOf(KINDS.customers.item, answers.get('customers'));
  const skus = itemsOf(KINDS.skus.item, answers.get('skus'));
  return {
    found: {
      ...(orders && { orders }),
      ...(products && { products }),
      ...(customers && { customers }),
      ...(skus && { skus: skus.map(({ name, ...sku }) => (name === undefined ? sku : { ...sku, name })) }),
    },
    missing: KIND_NAMES.filter((kind) => answers.get(kind)?.outcome === 'missing'),
  };
};
