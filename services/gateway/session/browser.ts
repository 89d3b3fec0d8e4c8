import type { Client } from './clients.ts';
import type { Session } from './seal.ts';

/** A request of a page of the shop, with its session if there is one. */
export interface Browser {
  readonly client: Client;
  readonly cookies: string | undefined;
  readonly session: Session;
}
