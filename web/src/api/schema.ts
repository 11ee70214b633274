import type { components } from './__generated__/schema'

/** A shape of the API by its name there: `Schema<'ClientOut'>`. The only way to name one; none is written by hand. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
