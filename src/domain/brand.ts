declare const brand: unique symbol;

/**
 * A `Base` that the compiler tells apart from every other `Base`; it costs nothing at run time. A brand of a brand is both: a
 * `SaleId` is an `Id`, and no other `Id` is a `SaleId`.
 */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: { readonly [N in Name]: true } };
