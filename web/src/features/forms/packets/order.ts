/** The forms of a packet while it is put together: families of templates, in the order they are filled. */

export const without = (families: readonly string[], family: string): string[] => families.filter((each) => each !== family)

/** With this one a place earlier (-1) or later (1); as it was where there is none. */
export function moved(families: readonly string[], family: string, by: -1 | 1): string[] {
  const place = families.indexOf(family)
  const next = place + by
  if (place < 0 || next < 0 || next >= families.length) return [...families]
  return families.toSpliced(place, 1).toSpliced(next, 0, family)
}
