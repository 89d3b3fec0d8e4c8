/** The JSON form of `T`, with dates as text. Converts top-level properties only. */
export type InJson<T> = { readonly [Name in keyof T]: T[Name] extends Date ? string : T[Name] };
