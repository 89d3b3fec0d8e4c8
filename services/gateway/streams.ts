/** How many streams may be open at the same time. */
export interface StreamLimits {
  /** Of one user. */
  readonly perUser: number;
  /** From one network address. */
  readonly perAddress: number;
  readonly inAll: number;
}

/** Ends the stream's claim to its place. */
export type Release = () => void;

/** Counts the streams that are open: each costs memory for as long as its client likes. */
export class OpenStreams {
  readonly #limits: StreamLimits;
  readonly #open = new Map<string, number>();

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** A place for a stream of `user` (undefined for a guest) from `address`, or why there is none. */
  open(user: string | undefined, address: string): Release | 'caller has too many' | 'full' {
    const { perUser, perAddress, inAll } = this.#limits;
    if (this.#count('all') >= inAll) return 'full';
    const places = [
      ['all', inAll],
      [`address ${address}`, perAddress],
      ...(user === undefined ? [] : [[`user ${user}`, perUser] as const]),
    ] as const;
    if (places.some(([name, most]) => this.#count(name) >= most)) return 'caller has too many';
    for (const [name] of places) this.#open.set(name, this.#count(name) + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      for (const [name] of places) this.#close(name);
    };
  }

  #count(name: string): number {
    return this.#open.get(name) ?? 0;
  }

  #close(name: string): void {
    const left = this.#count(name) - 1;
    if (left > 0) this.#open.set(name, left);
    else this.#open.delete(name);
  }
}
