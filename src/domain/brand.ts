declare const brand: unique symbol;

/** A `Base` that the compiler tells apart from every other `Base`; it costs nothing at run time. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
