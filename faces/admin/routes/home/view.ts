export const RANGES = [1, 7, 30] as const;

/** For how many days sales are shown, as it is in the URL; a week is left out. */
export interface HomeView {
  readonly days?: 1 | 30 | undefined;
}

export const parseHomeView = ({ days }: Record<string, unknown>): HomeView =>
  days === 1 || days === 30 ? { days } : {};
