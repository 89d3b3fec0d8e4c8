type Json<T> = T extends Date ? string : T;

/** The JSON form of `T`, with dates as text. Converts top-level properties only. */
export type InJson<T> = { readonly [Name in keyof T]: Json<T[Name]> };
