import { z } from 'zod';
import { HttpProblem } from '#adapters/http/problem.ts';
import type { Visit } from '../../core/ports/shop.ts';

/** The header `Shop-Visit`, which only the gateway sets. */
const Header = z.object({
  language: z.enum(['en', 'de']),
  origin: z.string().optional(),
  token: z.string().optional(),
  cart: z.object({ id: z.string(), token: z.string() }).optional(),
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
  const { language, origin, token, cart, pass, device, agent } = read.data;
  return { language, origin, token, guestCart: cart, pass, deviceToken: device, userAgent: agent };
};
