import { useRef, type PointerEvent } from 'react'
import { Button } from '@/ui/Button'
import { paper, type Drawing } from '../signing'

/** mentalspace/documents/signing/rules.py: MOST_POINTS, with room to spare. */
const mostPoints = 3500
/** Nearer to the last point than this, another says nothing. */
const leastStep = 3

type SignaturePadProps = { drawing: Drawing; onChange: (drawing: Drawing) => void; error?: string | undefined }

/** A signature drawn with a finger, a pen or the mouse, as numbers. Never required: a typed name signs as well. */
export function SignaturePad({ drawing, onChange, error }: SignaturePadProps) {
  const latest = useRef(drawing)
  const change = (next: Drawing) => {
    latest.current = next
    onChange(next)
  }
  const isFull = () => latest.current.reduce((points, stroke) => points + stroke.length / 2, 0) >= mostPoints
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0 || isFull()) return
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    change([...latest.current, pointOf(event)])
  }
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const stroke = latest.current.at(-1)
    if (!stroke || !event.currentTarget.hasPointerCapture(event.pointerId) || isFull()) return
    const [x, y] = pointOf(event)
    if (Math.hypot(x - (stroke.at(-2) ?? 0), y - (stroke.at(-1) ?? 0)) >= leastStep) change([...latest.current.slice(0, -1), [...stroke, x, y]])
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-13 text-muted">Draw your signature as well, if you like: with a finger, a pen or the mouse.</p>
      <svg
        role="img"
        aria-label="Drawn signature, not required"
        viewBox={`0 0 ${paper.wide} ${paper.high}`}
        onPointerDown={begin}
        onPointerMove={go}
        className="w-full max-w-lg cursor-crosshair touch-none rounded-control border border-line-strong bg-white"
      >
        <path d={pathOf(drawing)} fill="none" stroke="#111" strokeWidth={4} strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      {error && <p className="text-13 text-danger-text">{error}</p>}
      {drawing.length > 0 && (
        <Button size="sm" onPress={() => change([])}>
          Clear the drawing
        </Button>
      )}
    </div>
  )
}

function pointOf({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): [number, number] {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  const within = (part: number, most: number) => Math.min(most, Math.max(0, Math.round(part * most)))
  return [within((clientX - left) / width, paper.wide), within((clientY - top) / height, paper.high)]
}

/** The strokes as the path of an SVG; a tap is a dot. */
const pathOf = (drawing: Drawing): string =>
  drawing.map(([x = 0, y = 0, ...rest]) => `M ${x} ${y} L ${(rest.length > 0 ? rest : [x, y]).join(' ')}`).join(' ')
