import type { ServiceIdentifier } from 'inversify';

/** Names a binding together with its type. (A constant that is declared with the type is narrowed to `symbol`.) */
export const token = <T>(name: string): ServiceIdentifier<T> => Symbol(name);
