/** Two people changed the same client: what of it can be kept without asking, and what somebody must choose. */
import { fieldNames, type ClientValues, type FieldName } from './client-values'

export type Clash = { name: FieldName; mine: string | null; theirs: string | null }
export type Merged = {
  values: ClientValues
  /** Fields only they changed; theirs is taken over. */
  taken: FieldName[]
  /** Fields both changed, differently; mine stays until one chooses. */
  clashes: Clash[]
}

export function merge(base: ClientValues, mine: ClientValues, theirs: ClientValues): Merged {
  const theyChanged = fieldNames.filter((name) => base[name] !== theirs[name])
  const taken = theyChanged.filter((name) => mine[name] === base[name])
  const clashes = theyChanged.filter((name) => mine[name] !== base[name] && mine[name] !== theirs[name])
  return {
    values: { ...mine, ...Object.fromEntries(taken.map((name) => [name, theirs[name]])) },
    taken,
    clashes: clashes.map((name) => ({ name, mine: mine[name], theirs: theirs[name] })),
  }
}
