import { cutOffOf, rangeOf, type Series } from '../measures'

const width = 240
const height = 64
const edge = 4

/** A measure over time, to scale on both axes, with the score from which it counts. What it shows stands beside it in words. */
export function SparkLine({ series, label }: { series: Series; label: string }) {
  const [low, high] = rangeOf(series)
  const cutOff = cutOffOf(series.instrument)
  const times = series.points.map(({ taken_at }) => Date.parse(taken_at))
  const [start, end] = [times[0] ?? 0, times.at(-1) ?? 0]
  const heightOf = (score: number) => height - edge - ((score - low) / (high - low)) * (height - 2 * edge)
  const spots = series.points.map(({ score }, position) => ({
    x: end === start ? width / 2 : edge + (((times[position] ?? start) - start) / (end - start)) * (width - 2 * edge),
    y: heightOf(score),
  }))
  const line = spots.map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <div role="img" aria-label={label} className="relative">
      <svg aria-hidden viewBox={`0 0 ${width} ${height}`} className="h-16 w-full text-accent forced-colors:text-[CanvasText]" preserveAspectRatio="none">
        {cutOff !== null && <rect x={0} width={width} y={0} height={heightOf(cutOff)} className="fill-warning-soft forced-colors:fill-none" />}
        {cutOff !== null && <line x1={0} x2={width} y1={heightOf(cutOff)} y2={heightOf(cutOff)} className="stroke-warning-line" strokeDasharray="3 3" vectorEffect="non-scaling-stroke" />}
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line" vectorEffect="non-scaling-stroke" />
        <polyline points={line} fill="none" stroke="currentColor" strokeWidth={2} strokeLinejoin="round" strokeLinecap="round" vectorEffect="non-scaling-stroke" />
        {spots.map(({ x, y }, position) => (
          <path key={position} d={`M${x},${y}h0.01`} stroke="currentColor" strokeWidth={position === spots.length - 1 ? 8 : 4} strokeLinecap="round" vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      {cutOff !== null && (
        <span aria-hidden className="absolute top-0.5 right-1.5 text-12 leading-4 text-warning-text tabular">
          {cutOff}+
        </span>
      )}
    </div>
  )
}
