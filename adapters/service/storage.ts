import { ContainerModule, type ServiceIdentifier } from 'inversify';
import type { Store } from './module.ts';

/** Makes what each token stands for, when it is first asked for. */
type Makers<Tokens> = {
  readonly [Name in keyof Tokens]: () => Tokens[Name] extends ServiceIdentifier<infer Made> ? Made : never;
};

/** By the kind of a store, what is on it. */
type Kinds<S extends Store, Tokens> = {
  readonly [Kind in S['kind']]: (store: Extract<S, { readonly kind: Kind }>) => Makers<Tokens>;
};

/** Binds each token of a service to what is on the store of its profile. */
export const storageOn = <
  S extends Store,
  Tokens extends { readonly [Name in keyof Tokens]: ServiceIdentifier },
>(
  store: S,
  tokens: Tokens,
  kinds: Kinds<S, Tokens>,
): ContainerModule =>
  new ContainerModule(({ bind }) => {
    const kind: S['kind'] = store.kind;
    // TypeScript does not see that it is the function for this kind.
    const makers = (kinds[kind] as (store: S) => Makers<Tokens>)(store);
    for (const name in tokens) bind(tokens[name]).toResolvedValue(makers[name]);
  });
