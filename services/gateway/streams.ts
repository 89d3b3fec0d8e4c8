/** Limits on concurrent open streams. */
export interface StreamLimits {
  /** Per user. */
  readonly perUser: number;
  /** Per network address. */
  readonly perAddress: number;
  readonly inAll: number;
}

/** Releases the stream's slot. */
export type Release = () => void;

/** Counts open streams: each uses memory for as long as its client stays connected. */
export class OpenStreams {
  readonly #limits: StreamLimits;
  readonly #open = new Map<string, number>();

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  /** A slot for a stream of `user` (undefined for a guest) from `address`, or the reason for the refusal. */
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
