import { z } from 'zod';
import { HttpProblem } from '#adapters/http/problem.ts';
import type { Visit } from '../../core/ports/shop.ts';

const optional = z.string().optional();

const Draft = z.object({
  email: z.string(),
  address: z.object({
    recipient: z.string(),
    line1: z.string(),
    line2: optional,
    city: z.string(),
    region: optional,
    postalCode: optional,
    country: z.string(),
    phone: optional,
  }),
});

/** One that another version of this service has kept is forgotten. */
const draftIn = (text: string): Visit['draft'] => {
  const draft = Draft.safeParse(JSON.parse(text)).data;
  if (!draft) return undefined;
  const { line2, region, postalCode, phone, ...rest } = draft.address;
  return { email: draft.email, address: { ...rest, line2, region, postalCode, phone } };
};

/** The header `Shop-Visit`, which only the gateway sets. */
const Header = z.object({
  language: z.enum(['en', 'de']),
  provider: z.boolean().default(false),
  of_provider: z.boolean().default(false),
  origin: z.string().optional(),
  token: z.string().optional(),
  cart: z.object({ id: z.string(), token: z.string() }).optional(),
  draft: z.string().transform(draftIn).optional(),
  orders: z.array(z.string()).default([]),
  pass: z.string().optional(),
  device: z.string().optional(),
  agent: z.string().optional(),
});

const parsed = (header: string): unknown => {
  try {
    return JSON.parse(Buffer.from(header, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** Without the header, a visit from the service's own address: of a guest who reads English. */
export const visitOf = (header: string | undefined): Visit => {
  const read = Header.safeParse(header === undefined ? { language: 'en' } : parsed(header));
  if (!read.success) throw new HttpProblem('VALIDATION_FAILED', 'Shop-Visit is not valid.');
  const { cart: guestCart, orders: orderTokens, device: deviceToken, agent: userAgent, ...visit } = read.data;
  const { language, provider: hasProvider, of_provider: isOfProvider, origin, token, draft, pass } = visit;
  return {
    language,
    hasProvider,
    isOfProvider,
    origin,
    token,
    guestCart,
    orderTokens,
    draft,
    pass,
    deviceToken,
    userAgent,
  };
};
