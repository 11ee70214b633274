import { rangeOf, type Series } from '../measures'

const width = 240
const height = 40
const edge = 4

/** A measure over time, to scale on both axes. What it shows stands beside it in words. */
export function SparkLine({ series, label }: { series: Series; label: string }) {
  const [low, high] = rangeOf(series)
  const times = series.points.map(({ taken_at }) => Date.parse(taken_at))
  const [start, end] = [times[0] ?? 0, times.at(-1) ?? 0]
  const spots = series.points.map(({ score }, position) => ({
    x: end === start ? width / 2 : edge + (((times[position] ?? start) - start) / (end - start)) * (width - 2 * edge),
    y: height - edge - ((score - low) / (high - low)) * (height - 2 * edge),
  }))
  const last = spots.at(-1)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className="h-10 w-full text-accent" preserveAspectRatio="none">
      <line x1={0} x2={width} y1={height - edge} y2={height - edge} className="stroke-line" vectorEffect="non-scaling-stroke" />
      <polyline points={spots.map(({ x, y }) => `${x},${y}`).join(' ')} fill="none" stroke="currentColor" strokeWidth={1.75} strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
      {last && <path d={`M${last.x},${last.y}h0.01`} stroke="currentColor" strokeWidth={6} strokeLinecap="round" vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
