import type { Screened, Submission } from '../domain/screening.ts';

/** Decides which reviews a moderator must see before they are published. It rejects none. */
export interface ReviewScreen {
  screen(submission: Submission): Promise<Screened>;
}
