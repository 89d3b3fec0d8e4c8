/** `sign-in`: the session has ended. `step-up`: an operation wants the user to prove again who they are. */
export type ProofKind = 'sign-in' | 'step-up';

export interface Asking {
  readonly kind: ProofKind;
  readonly answered: Promise<boolean>;
  readonly answer: (isProven: boolean) => void;
}

let asking: Asking | undefined;
const listeners = new Set<() => void>();

const change = (next: Asking | undefined): void => {
  asking = next;
  for (const listener of listeners) listener();
};

/** Opens the dialog that asks for a proof; requests that need one at the same time share it. False if the user gives up. */
export const askForProof = (kind: ProofKind): Promise<boolean> => {
  if (asking) return asking.answered;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  change({
    kind,
    answered: promise,
    answer: (isProven) => {
      change(undefined);
      resolve(isProven);
    },
  });
  return promise;
};

/** For `useSyncExternalStore`. */
export const proofStore = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): Asking | undefined => asking,
};
