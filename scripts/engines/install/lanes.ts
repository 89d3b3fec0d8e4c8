const lanes = new Map<string, Promise<unknown>>();

/**
 * Runs jobs of one lane one after the other, and lanes side by side: apt and Maven share files that only one process
 * may write, and two Go builds are no faster than one after the other.
 */
export const inLane = <T>(lane: 'debian' | 'maven' | 'go', job: () => Promise<T>): Promise<T> => {
  const turn = (lanes.get(lane) ?? Promise.resolve()).then(job);
  lanes.set(
    lane,
    turn.catch(() => undefined),
  );
  return turn;
};
