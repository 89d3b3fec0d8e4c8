import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { DAY, MINUTE, type Clock } from '#kernel/clock.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { cookieIn, visitCookie } from './clients.ts';
import { isFromOtherOrigin } from './same-origin.ts';
import type { Seal } from './seal.ts';

/** Says to which visit a request belongs. Only the gateway sets it. */
export const VISIT_SESSION = 'visit-session';

/** After so long without a request that belongs to it, a visit is over. */
const PATIENCE_MS = 30 * MINUTE;
const LONGEST_MS = DAY;
const AUDIENCE = 'visit';

const Visit = z.object({
  id: z.uuid(),
  began: z.number(),
  seen: z.number(),
  /** Who is logged in. */
  user: z.string().optional(),
});

/** Random, with the time at which the visit began. */
const idAt = (ms: number): string => uuidv7(ms, randomBytes(10));

/**
 * Gives visits a random ID, in a sealed cookie: no script can read it, and nobody can choose it. It ends with the browser, after half an
 * hour of nothing or a day, and when another user, or none, is logged in, so that a shared computer has visits of their own for each.
 */
export class Visits {
  readonly #seal: Pick<Seal, 'sealValue' | 'openValue'>;
  readonly #clock: Clock;

  constructor(seal: Pick<Seal, 'sealValue' | 'openValue'>, clock: Clock) {
    this.#seal = seal;
    this.#clock = clock;
  }

  /**
   * The ID of the visit that the request belongs to.
   * @param cookies those of the request
   * @param user who is logged in, if anyone
   */
  async continue(
    request: Request,
    response: Response,
    cookies: string | undefined,
    user: string | undefined,
  ): Promise<string> {
    const now = this.#clock.now().getTime();
    if (isFromOtherOrigin(request.headers)) return idAt(now); // another page has no part in visits here
    const { name, options } = visitCookie(request);
    const sealed = cookieIn(cookies, name);
    const found = sealed === undefined ? undefined : await this.#seal.openValue(AUDIENCE, sealed);
    const before = Visit.safeParse(found).data;
    const goesOn =
      before &&
      now - before.seen < PATIENCE_MS &&
      now - before.began < LONGEST_MS &&
      (before.user === undefined || before.user === user);
    const visit = goesOn ? { ...before, seen: now, user } : { id: idAt(now), began: now, seen: now, user };
    response.cookie(name, await this.#seal.sealValue(AUDIENCE, visit, LONGEST_MS / 1_000), options);
    return visit.id;
  }
}
