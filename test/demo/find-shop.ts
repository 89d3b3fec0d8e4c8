import { z } from 'zod';

const Health = z.object({ status: z.string() });

/** A shop that answers at `url`, with the address where cards become tokens. */
export const findShop = async (url: string): Promise<{ url: string; tokensUrl: string } | undefined> => {
  try {
    const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const { status } = Health.parse(await ready.json());
    const page = await (await fetch(`${url}/dev`)).text();
    const tokensUrl = /href="(?<href>http:\/\/[^"]+)"[^>]*>Mock payment gateway/.exec(page)?.groups?.['href'];
    return status === 'ready' && tokensUrl !== undefined ? { url, tokensUrl } : undefined;
  } catch {
    return undefined;
  }
};
