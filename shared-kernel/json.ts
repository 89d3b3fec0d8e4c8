/** How a `T` stands in JSON, which knows no dates. Only the outermost are looked at. */
export type InJson<T> = { readonly [Name in keyof T]: T[Name] extends Date ? string : T[Name] };
