import { z } from 'zod';
import type { KeySource } from './tokens.ts';

const PATIENCE_MS = 5_000;

const Keys = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });

/** Parses a JSON Web Key Set; throws if it is invalid. */
export const parseKeys = (value: unknown): z.infer<typeof Keys> => Keys.parse(value);

/** The public keys served at `url`, which is fetched at each call. */
export const fetchedKeys =
  (url: () => string): KeySource =>
  async () => {
    const response = await fetch(url(), { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw new Error(`${url()} returned ${response.status}`);
    return parseKeys(await response.json());
  };
