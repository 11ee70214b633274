/** Sessions that overlap stand beside each other: which lane of how many each one gets. */
export type Lane = { lane: number; lanes: number }
type Extent = { id: string; from: number; to: number }

/** Below this a chip could not be read or hit, so a shorter one takes as much room. */
export const LEAST_MINUTES = 20

export function lanesOf(pieces: readonly Extent[]): Map<string, Lane> {
  const placed = new Map<string, Lane>()
  const ordered = pieces.map((piece) => ({ ...piece, to: Math.max(piece.to, piece.from + LEAST_MINUTES) })).sort((one, other) => one.from - other.from || other.to - one.to)
  let cluster: { id: string; lane: number }[] = []
  let ends: number[] = []
  const close = () => {
    for (const { id, lane } of cluster) placed.set(id, { lane, lanes: ends.length })
    cluster = []
    ends = []
  }
  for (const { id, from, to } of ordered) {
    if (ends.every((end) => end <= from)) close()
    const free = ends.findIndex((end) => end <= from)
    const lane = free === -1 ? ends.length : free
    ends[lane] = to
    cluster.push({ id, lane })
  }
  close()
  return placed
}

/** How many stand side by side at the fullest moment, at least 1. */
export const mostLanes = (pieces: readonly Extent[]): number => Math.max(1, ...[...lanesOf(pieces).values()].map(({ lanes }) => lanes))
