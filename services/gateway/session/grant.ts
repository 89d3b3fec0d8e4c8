import { z } from 'zod';

/** Part of the `Grant` in the OpenAPI file of the user service. */
export const Grant = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  refresh_token: z.string(),
  device_token: z.string().optional(),
});

export type Grant = z.infer<typeof Grant>;

/** What a step-up gives. */
export const AccessGrant = Grant.pick({ access_token: true, expires_in: true });

export type AccessGrant = z.infer<typeof AccessGrant>;
